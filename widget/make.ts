/** Makes an HTML element with attributes, those that are undefined left out, and with what is in it. */
export function make<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Readonly<Record<string, string | number | undefined>>,
	...inside: (Node | string)[]
): HTMLElementTagNameMap[Name] {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, `${value}`);
	element.append(...inside);
	return element;
}
