/**
 * Rounds for display, once, half away from zero and never to −0: `Math.round` turns −12.5 into −12 and −0.1 into −0.
 * @param digits decimals kept, 0…6
 */
export function round(value: number, digits = 0): number {
	const factor = 10 ** digits;
	const magnitude = Math.round(Math.abs(value) * factor + Number.EPSILON * factor) / factor;
	return value < 0 && magnitude !== 0 ? -magnitude : magnitude;
}
