/** The false discovery rate at which several comparisons shown together are judged. */
export const FALSE_DISCOVERY_RATE = 0.1;

/** Answers the smaller arm of such a comparison needs: very unequal small arms make the test lopsided. */
export const JUDGED = 50;

/**
 * Which of several hypotheses survive at a false discovery rate: all whose p-value is at most that of the last one, in ascending
 * order, with p ≤ q·rank/count. Source: Benjamini & Hochberg 1995.
 * @param pValues null where there were too few answers: such a hypothesis is not tested and does not count
 */
export function survivors(pValues: readonly (number | null)[], q: number = FALSE_DISCOVERY_RATE): boolean[] {
	const tested = pValues.filter((p) => p !== null).sort((a, b) => a - b);
	const last = tested.findLast((p, i) => p <= (q * (i + 1)) / tested.length);
	return pValues.map((p) => p !== null && last !== undefined && p <= last);
}
