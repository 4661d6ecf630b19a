/** Milliseconds between two looks at the address. */
const LOOK_MS = 500;

/**
 * Calls back once the page has given way to another: a single-page application changes the address and tells nobody. What is
 * behind `#` is a place on the same page. `over` ends the watch.
 */
export function whenPageChanges(over: () => boolean, changed: () => void): void {
	const address = () => location.pathname + location.search;
	const first = address();
	const timer = setInterval(() => {
		const left = address() !== first;
		if (left || over()) clearInterval(timer);
		if (left && !over()) changed();
	}, LOOK_MS);
}
