/**
 * The two-sided p-value of a standard normal z: the chance of at least this far from 0 either way. Correct to about 1e-14.
 * Source: NIST DLMF, the series 7.6.1 of erf for small arguments and the continued fraction 7.9.2 of erfc for large ones.
 */
export function pValue(z: number): number {
	const x = Math.abs(z) / Math.SQRT2;
	return x < 2 ? 1 - erfSeries(x) : erfcFraction(x);
}

function erfSeries(x: number): number {
	let term = x;
	let sum = x;
	for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 200; n++) {
		term *= (-x * x) / n;
		sum += term / (2 * n + 1);
	}
	return (2 / Math.sqrt(Math.PI)) * sum;
}

function erfcFraction(x: number): number {
	let fraction = 0;
	for (let n = 80; n > 0; n--) fraction = n / 2 / (x + fraction);
	return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
