import type { Reply, Verdict } from "./destination.ts";

/** The verdict most targets mean by a status: 2xx is delivered, 410 is gone, everything else may become right. A redirect is not followed. */
export function verdictOf({ status, retryAfterMs }: Reply): Verdict {
	if (status >= 200 && status < 300) return { outcome: "delivered", status };
	if (status === 410) return { outcome: "gone", status, reason: "The target says that it is gone" };
	const reason = status >= 300 && status < 400 ? "The target redirects, which is not followed" : `The target answered ${status}`;
	const waits = retryAfterMs !== null && (status === 429 || status === 503);
	return { outcome: "failed", status, reason, ...(waits ? { retryAfterMs } : {}) };
}

/**
 * The verdict on an attempt that may become right: again when the target asked for it, else after `waitMs`, else by the schedule.
 * @param reason in our own words: never what the target replied
 */
export function failed({ status, retryAfterMs }: Reply, reason: string, waitMs: number | null = null): Verdict {
	const wait = retryAfterMs ?? waitMs;
	return { outcome: "failed", status, reason, ...(wait === null ? {} : { retryAfterMs: wait }) };
}
