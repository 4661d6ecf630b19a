import { ApiError } from "./api-error.ts";

/** How often a change is tried against others that come at the same moment. */
const TRIES = 10;

/**
 * Reads, changes and keeps, again from the reading on while somebody else's change comes in between.
 * @param change gives what was kept, or false where it was not
 */
export async function untilKept<Kept>(change: () => Promise<Kept | false>): Promise<Kept> {
	for (let i = 0; i < TRIES; i++) {
		const kept = await change();
		if (kept !== false) return kept;
	}
	throw new ApiError("conflict", { detail: "Others are changing this at the same moment. Try again." });
}
