/**
 * Moves positions apart until each two are at least `gap` away from each other, as little as possible and in their order, between `low`
 * and `high`: so that labels beside a plot do not lie on one another. Gives them in the order they came in. Where there is not enough
 * room for all, the last overlap beyond `low`.
 */
export function spread(positions: readonly number[], gap: number, low: number, high: number): number[] {
	const order = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position);
	// Runs of labels that touch: each lies around the mean of what it is made of.
	const runs: Run[] = [];
	for (const { position, index } of order) {
		let run: Run = { sum: position, members: [index] };
		for (let before = runs.at(-1); before && start(run) - end(before) < gap; before = runs.at(-1)) {
			run = { sum: before.sum + run.sum, members: [...before.members, ...run.members] };
			runs.pop();
		}
		runs.push(run);
	}
	const moved: number[] = [];
	for (const run of runs) for (const [i, index] of run.members.entries()) moved[index] = start(run) + i * gap;
	return moved;

	function start({ sum, members }: Run): number {
		const length = (members.length - 1) * gap;
		return Math.max(low, Math.min(high - length, sum / members.length - length / 2));
	}

	function end(run: Run): number {
		return start(run) + (run.members.length - 1) * gap;
	}
}

/** Labels that touch, in order: the sum of where they would lie, and which they are. */
interface Run {
	readonly sum: number;
	readonly members: readonly number[];
}
