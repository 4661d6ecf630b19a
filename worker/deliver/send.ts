import { faultOfAddress } from "./address.ts";
import type { Reply, Send } from "./destination.ts";
import { LONGEST_PAUSE_MS } from "./schedule.ts";

/** Milliseconds until a target must have answered all that one attempt asks, replies included. */
export const TIMEOUT_MS = 15_000;

/** Bytes of a reply that are read; of the rest nothing is. */
const REPLY_BYTES = 1_024;

/**
 * The one way out of the Worker to what owners name, for one attempt: its time begins now. It checks the address anew, follows no redirect,
 * and neither keeps nor shows what the target replies.
 */
export function sendFrom(ownOrigin: string, loopback: boolean, timeoutMs = TIMEOUT_MS): Send {
	const signal = AbortSignal.timeout(timeoutMs);
	return async (url, init) => {
		const fault = faultOfAddress(url, ownOrigin, loopback);
		if (fault) throw new Error(`The address ${fault}`);
		let response: Response;
		try {
			response = await fetch(url, { method: "POST", ...init, redirect: "manual", signal });
			return await replyOf(response);
		} catch (error) {
			if (signal.aborted) throw new Error(`The target did not answer within ${timeoutMs / 1000} seconds`);
			// What the platform says of it may name an address within the network; the owner gets our own words.
			throw new Error("The target could not be reached", { cause: error });
		}
	};
}

/** What a target answered. A body that is longer, slow or broken after its first KiB changes nothing. */
async function replyOf(response: Response): Promise<Reply> {
	const { status, headers, body } = response;
	const retryAfterMs = retryAfterOf(headers.get("retry-after"), Date.now());
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	const reader = body?.getReader();
	while (reader && bytes < REPLY_BYTES) {
		const { done, value } = await reader.read();
		if (done) break;
		chunks.push(value.subarray(0, REPLY_BYTES - bytes));
		bytes += value.length;
	}
	await reader?.cancel().catch(() => {});
	return { status, retryAfterMs, text: chunks.map((chunk) => new TextDecoder().decode(chunk)).join("") };
}

/** Milliseconds that a `Retry-After` asks for, in seconds or as a date, to a day; null where it says nothing. */
export function retryAfterOf(header: string | null, now: number): number | null {
	if (header === null) return null;
	const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS) : null;
}
