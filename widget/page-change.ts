/** Milliseconds between two looks at the address. */
const LOOK_MS = 500;

/**
 * Remembers the page, and tells later whether it has given way to another: another path, or parameters it did not have. What shops
 * take out of the address once they have read it is no other page, nor is a place behind `#`.
 */
export function rememberPage(): () => boolean {
	const { pathname, search } = location;
	const had = new URLSearchParams(search);
	return () =>
		location.pathname !== pathname ||
		[...new URLSearchParams(location.search)].some(([name, value]) => !had.getAll(name).includes(value));
}

/**
 * Calls back once the page has given way to another: a single-page application changes the address and tells nobody. `over` ends the
 * watch.
 * @param left whether it has
 */
export function whenPageChanges(over: () => boolean, changed: () => void, left = rememberPage()): void {
	const timer = setInterval(() => {
		const gone = left();
		if (gone || over()) clearInterval(timer);
		if (gone && !over()) changed();
	}, LOOK_MS);
}
