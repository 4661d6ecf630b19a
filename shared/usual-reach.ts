/** From which reach on a reason counts as one that is named often: the mean of all that are offered, 0 where there are none. */
export function usualReach(drivers: readonly { readonly reach: number }[]): number {
	return drivers.reduce((sum, { reach }) => sum + reach, 0) / Math.max(drivers.length, 1);
}
