/** The items in random order, each order equally likely (Fisher–Yates). `random` gives 0 ≤ x < 1. */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
	const rest = [...items];
	return items.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1));
}
