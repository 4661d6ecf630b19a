/** Milliseconds before the second, third and last try, half as long to one and a half times. */
const WAITS_MS = [50, 200, 800];

/** Faults of D1 after which the same write may be tried at once. Ours can be: a revision that was kept already is a duplicate. */
const PASSING =
	/network connection lost|storage caused object to be reset|reset because its code was updated|cannot resolve d1 db due to transient issue/i;

/** Faults of D1 that say it has more to do than it can: to try at once would add to it. */
const OVERLOADED = /overloaded|exceeded (?:timeout|its memory limit|its cpu time limit)/i;

/** Faults of D1 of any kind. */
const ANY = /\bD1_|\bD1 DB\b|storage|overloaded|network connection lost/i;

/** What a failed write to D1 is: to be tried again at once, too much for it now, another fault of its, or none. */
export function faultOf(error: unknown): "passing" | "overloaded" | "other" | null {
	const message = error instanceof Error ? error.message : String(error);
	if (OVERLOADED.test(message)) return "overloaded";
	if (PASSING.test(message)) return "passing";
	return ANY.test(message) ? "other" : null;
}

/** Writes, and tries again up to three times after a fault that passes. Any other error is the caller's at once. */
export async function withRetries<Result>(
	write: () => Promise<Result>,
	random: () => number = Math.random,
	wait: (ms: number) => Promise<unknown> = (ms) => new Promise((later) => setTimeout(later, ms)),
): Promise<Result> {
	for (const ms of WAITS_MS) {
		try {
			return await write();
		} catch (error) {
			if (faultOf(error) !== "passing") throw error;
			await wait(ms * (0.5 + random()));
		}
	}
	return write();
}
