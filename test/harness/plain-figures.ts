/**
 * The figures of an owner's API as plainly as they can be computed, from the raw answers one by one, without a line of `shared/`: what
 * the API says is held against it.
 */

const Z = 1.959963984540054;
const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;

/** What one answer adds to its metric's score: ±100 or 0 for nps, 100 or 0 for csat, the score itself for ces. */
function points(metric: string, score: number): number {
	if (metric === "nps") return score >= 9 ? 100 : score <= 6 ? -100 : 0;
	return metric === "csat" ? (score >= 4 ? 100 : 0) : score;
}

/** The score of a list of answers; null of none. */
export function plainScore(metric: string, scores: readonly number[]): number | null {
	return scores.length === 0 ? null : mean(scores.map((score) => points(metric, score)));
}

/** Mean and standard error with three pseudo-answers, or for a share with one success and one failure, spelled out answer by answer. */
function arm(metric: string, scores: readonly number[]): { m: number; se: number } {
	const list = scores.map((score) => [points(metric, score), 1] as const);
	const [low, high] = metric === "nps" ? [-100, 100] : metric === "ces" ? [1, 7] : [0, 100];
	const added =
		metric === "csat"
			? [[0, 1] as const, [100, 1] as const]
			: [[low, 0.75] as const, [(low + high) / 2, 1.5] as const, [high, 0.75] as const];
	const all = [...list, ...added];
	const n = all.reduce((sum, [, w]) => sum + w, 0);
	const m = all.reduce((sum, [x, w]) => sum + x * w, 0) / n;
	const v = all.reduce((sum, [x, w]) => sum + w * (x - m) * (x - m), 0) / n;
	return { m, se: Math.sqrt(v / n) };
}

/** The 95 % interval of a score. */
export function plainInterval(metric: string, scores: readonly number[]): readonly [low: number, high: number] | null {
	const value = plainScore(metric, scores);
	if (value === null) return null;
	if (metric === "csat") return plainShare(scores.filter((score) => score >= 4).length, scores.length);
	const { m, se } = arm(metric, scores);
	const [low, high] = metric === "nps" ? [-100, 100] : [1, 7];
	return [Math.min(value, Math.max(low, m - Z * se)), Math.max(value, Math.min(high, m + Z * se))];
}

/** Wilson's interval of a share, in percent, by the roots of its quadratic. */
export function plainShare(yes: number, n: number): readonly [low: number, high: number] {
	const [a, b, c] = [1 + (Z * Z) / n, -(2 * yes) / n - (Z * Z) / n, (yes / n) ** 2];
	const root = Math.sqrt(b * b - 4 * a * c);
	return [yes === 0 ? 0 : (100 * (-b - root)) / (2 * a), yes === n ? 100 : (100 * (-b + root)) / (2 * a)];
}

/** Standard errors between two groups. */
export function plainZ(metric: string, a: readonly number[], b: readonly number[]): number {
	const [left, right] = [arm(metric, a), arm(metric, b)];
	return (left.m - right.m) / Math.sqrt(left.se ** 2 + right.se ** 2);
}

/** Which z-values survive Benjamini–Hochberg at 10 %, by stepping down from the largest p. Null: not judged. */
export function plainSurvivors(zs: readonly (number | null)[]): boolean[] {
	const ps = zs.map((z) => (z === null ? null : upperTail(Math.abs(z)) * 2));
	const sorted = ps.filter((p) => p !== null).sort((x, y) => y - x);
	const cut = sorted.find((p, i) => p <= (0.1 * (sorted.length - i)) / sorted.length) ?? -1;
	return ps.map((p) => p !== null && p <= cut);
}

/** The upper tail of the standard normal by Simpson's rule. */
function upperTail(z: number): number {
	const steps = 20_000;
	const h = 12 / steps;
	const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
	let sum = density(z) + density(z + 12);
	for (let i = 1; i < steps; i++) sum += density(z + i * h) * (i % 2 === 1 ? 4 : 2);
	return (sum * h) / 3;
}
