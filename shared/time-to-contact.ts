/** How long one case waited (milliseconds), and whether that ended with a contact or is all that is known. */
export interface Wait {
	readonly ms: number;
	readonly contacted: boolean;
}

/**
 * The median time to contact: that within which half of all cases were contacted, by the estimate of Kaplan and Meier (1958). A case that
 * still waits, or was closed without a contact, counts as waiting for as long as it did; a median of those alone that were contacted
 * would look the better the more are left waiting. Null while less than half were contacted.
 */
export function medianTimeToContact(waits: readonly Wait[]): number | null {
	// At the same moment a contact comes before an end of watching: who was watched until then was still waiting.
	const sorted = [...waits].sort((a, b) => a.ms - b.ms || Number(b.contacted) - Number(a.contacted));
	let waiting = 1;
	for (const [i, { ms, contacted }] of sorted.entries()) {
		const watched = sorted.length - i;
		if (contacted) waiting *= 1 - 1 / watched;
		// A product of fractions: a half may come out as a hair more.
		if (contacted && waiting <= 0.5 + 1e-9) return ms;
	}
	return null;
}
