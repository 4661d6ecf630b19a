/** A constructed sheet: it needs no `style-src` from the page and reaches nothing outside the shadow root that takes it. */
export function styleSheet(css: string): CSSStyleSheet {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	return sheet;
}

/**
 * The owner's theme as a rule for the widget's element, and the page's own ground and ink for a card that lies above it, where the
 * page says its ground by a colour. What the page sets itself has the last word.
 */
export function themeRule(host: Element, theme: Readonly<Record<string, string>> = {}): string {
	const ofPage = getComputedStyle(host);
	const own = Object.entries(theme).filter(([name]) => !ofPage.getPropertyValue(name));
	const grounds = [document.body, document.documentElement].map((part) => getComputedStyle(part).backgroundColor);
	const ground = grounds.find((colour) => !/^transparent|, 0\)$/.test(colour));
	const all = ground ? [...own, ["--ground", ground], ["--ink", ofPage.color]] : own;
	return `:host{${all.map(([name, value]) => `${name}:${value}`).join(";")}}`;
}
