import { RESUME_MS } from "../shared/limits.ts";
import type { KeptAsk } from "./memory.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether an ask can be gone on with: shown less than a day ago, and neither answered nor dismissed. */
export function isOpen({ status, shownAt }: KeptAsk, now: number): boolean {
	return status === "shown" && within(RESUME_MS, shownAt, now);
}

/** Whether an ask was shown less than so many days ago, twice as many after a dismissal: too recently to ask again. Never with 0. */
export function isTooRecent(kept: KeptAsk, days: number, now: number): boolean {
	return within(days * (kept.status === "dismissed" ? 2 : 1) * DAY_MS, kept.shownAt, now);
}

/** Whether `at` lies less than `ms` before `now`. A clock set right may make it up to a day later; beyond, the clock was wrong, and it is long past. */
function within(ms: number, at: number, now: number): boolean {
	return ms > 0 && at - now < DAY_MS && now < at + ms;
}
