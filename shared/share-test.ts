import type { Adjusted } from "./interval.ts";

/** One arm of a comparison of shares: `yes` of `n` with one success and one failure added, 0…1. Source: Agresti & Caffo 2000. */
export function shareArm(yes: number, n: number): Adjusted {
	const mean = (yes + 1) / (n + 2);
	return { mean, se: Math.sqrt((mean * (1 - mean)) / (n + 2)) };
}

/** Standard errors between two shares, `x1` of `n1` minus `x2` of `n2`. Never NaN, also where both arms are empty. */
export function shareZ(x1: number, n1: number, x2: number, n2: number): number {
	const [a, b] = [shareArm(x1, n1), shareArm(x2, n2)];
	return (a.mean - b.mean) / Math.hypot(a.se, b.se);
}
