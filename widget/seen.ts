/** Milliseconds in view after which a question counts as shown. */
const SEEN_MS = 1_000;

/** The part of it that must be in view. */
const HALF = 0.5;

/** Calls back once, when at least half of the element has been in view of a visible page, not transparent, for a second. */
export function whenSeen(element: Element, seen: () => void): void {
	let timer: ReturnType<typeof setInterval>;
	const observer = new IntersectionObserver(
		([entry]) => {
			clearInterval(timer);
			if (entry && entry.intersectionRatio >= HALF)
				timer = setInterval(() => {
					if (document.hidden || element.checkVisibility?.({ opacityProperty: true }) === false) return;
					clearInterval(timer);
					observer.disconnect();
					seen();
				}, SEEN_MS);
		},
		{ threshold: HALF },
	);
	observer.observe(element);
}
