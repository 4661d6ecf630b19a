/** Milliseconds between two looks at the address. */
const LOOK_MS = 500;

/** Which page this is: what is behind `#` is a place on the same page. */
export const pageAddress = () => location.pathname + location.search;

/**
 * Calls back once the page has given way to another: a single-page application changes the address and tells nobody. `over` ends the
 * watch.
 * @param first the address the page had
 */
export function whenPageChanges(over: () => boolean, changed: () => void, first = pageAddress()): void {
	const timer = setInterval(() => {
		const left = pageAddress() !== first;
		if (left || over()) clearInterval(timer);
		if (left && !over()) changed();
	}, LOOK_MS);
}
