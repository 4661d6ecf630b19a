import type { KeptAsk } from "./memory.ts";
/** Whether an ask can be gone on with: shown less than a day ago, and neither answered nor dismissed. */
export declare function isOpen({ status, shownAt }: KeptAsk, now: number): boolean;
/**
 * Whether an ask stands in the way of showing a survey: the same survey less than `askAgainDays` ago, or any other less than 14 days
 * ago; twice as long after a dismissal. 0 days turns both clocks off.
 */
export declare function isTooRecent(ask: KeptAsk, survey: string, askAgainDays: number, now: number): boolean;
