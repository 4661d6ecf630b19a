/** A page's own clock: when the page began, and the milliseconds since. */
export interface PageClock {
	/** `performance.timeOrigin`; 0 on a page that has put something of its own in place of `performance`. */
	readonly origin: number;
	readonly tick: number;
}

/** Reads it. Never throws: nothing that is odd about a page may stand between a tap and its sending. */
export function pageClock(): PageClock {
	try {
		return { origin: performance.timeOrigin, tick: performance.now() };
	} catch {
		return { origin: 0, tick: 0 };
	}
}
