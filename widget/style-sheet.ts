/** A constructed sheet: it needs no `style-src` from the page and reaches nothing outside the shadow root that takes it. */
export function styleSheet(css: string): CSSStyleSheet {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	return sheet;
}

/** The owner's theme as a rule for the widget's element. What the page sets itself has the last word. */
export function themeRule(host: Element, theme: Readonly<Record<string, string>> = {}): string {
	const ofPage = getComputedStyle(host);
	const own = Object.entries(theme).filter(([name]) => !ofPage.getPropertyValue(name));
	return `:host{${own.map(([name, value]) => `${name}:${value}`).join(";")}}`;
}
