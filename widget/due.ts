import { RESUME_MS } from "../shared/limits.ts";
import type { KeptAsk } from "./memory.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days that pass after any other survey before this one is shown. */
const ANY_SURVEY_DAYS = 14;

/** Whether an ask can be gone on with: shown less than a day ago, and neither answered nor dismissed. */
export function isOpen({ status, shownAt }: KeptAsk, now: number): boolean {
	return status === "shown" && within(RESUME_MS, shownAt, now);
}

/**
 * Whether an ask stands in the way of showing a survey: the same survey less than `askAgainDays` ago, or any other less than 14 days
 * ago; twice as long after a dismissal. 0 days turns both clocks off.
 */
export function isTooRecent(ask: KeptAsk, survey: string, askAgainDays: number, now: number): boolean {
	const days = (ask.survey === survey ? askAgainDays : ANY_SURVEY_DAYS) * (ask.status === "dismissed" ? 2 : 1);
	return askAgainDays > 0 && within(days * DAY_MS, ask.shownAt, now);
}

/** Whether `at` lies less than `ms` before `now`. A clock set right may make it up to a day later; beyond, the clock was wrong, and it is long past. */
function within(ms: number, at: number, now: number): boolean {
	return at - now < DAY_MS && now < at + ms;
}
