const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds after an attempt that failed until the next; after the last of them a delivery is dead. */
const WAITS_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR] as const;

/** How far chance moves an attempt: a fifth either way. */
const SPREAD = 0.2;

/** The longest that a target's own wish to wait is heeded. */
export const LONGEST_PAUSE_MS = 24 * HOUR;

/**
 * Milliseconds until the next attempt after `tries` of them failed; null when there is none.
 * @param random from 0 to 1
 */
export function nextWaitMs(tries: number, random: number): number | null {
	const wait = WAITS_MS[tries - 1];
	return wait === undefined ? null : Math.round(wait * (1 - SPREAD + 2 * SPREAD * random));
}
