/** How far an ask has come. It only climbs: shown, then dismissed, then answered. */
export type Status = "shown" | "dismissed" | "answered";

export const STATUSES = ["shown", "dismissed", "answered"] as const satisfies readonly Status[];

/**
 * What an ask counts as in the tally: its score as text, `dismissed`, or `ignored`. Every ask is in exactly one, so
 * the sum of the outcomes is the number of asks shown.
 */
export type Outcome = string;

/** The outcome of an ask. `score` is a score exactly when the status is "answered". */
export function outcomeOf(status: Status, score: number | null): Outcome {
	if (status === "answered") return String(score);
	return status === "dismissed" ? "dismissed" : "ignored";
}
