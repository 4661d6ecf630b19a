/**
 * How much a score can carry: below 5 answers its value is hidden (noise and privacy), below 30 it is early (no arrow, no
 * ranking, no goal verdict), from 100 it is stable.
 */
export type Tier = "hidden" | "early" | "normal" | "stable";

/** Answers each arm of a comparison needs. */
export const COMPARABLE = 30;

/** The tier of a score with `n` answers. */
export function tierOf(n: number): Tier {
	if (n < 5) return "hidden";
	if (n < COMPARABLE) return "early";
	return n < 100 ? "normal" : "stable";
}
