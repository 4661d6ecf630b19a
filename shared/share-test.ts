/**
 * The z of the difference of two shares, `x1` of `n1` minus `x2` of `n2`: one success and one failure added to each arm.
 * Source: Agresti & Caffo 2000. Never NaN, also where both arms are empty.
 */
export function shareZ(x1: number, n1: number, x2: number, n2: number): number {
	const [p1, p2] = [(x1 + 1) / (n1 + 2), (x2 + 1) / (n2 + 2)];
	return (p1 - p2) / Math.sqrt((p1 * (1 - p1)) / (n1 + 2) + (p2 * (1 - p2)) / (n2 + 2));
}
