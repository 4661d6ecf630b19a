/**
 * Puts the widget's element where the tag stands, right behind it, and calls back. A tag in the head or out of the page has no
 * place of its own: then the element ends the main part of the page, once the page has been read.
 */
export function place(tag: Element, placed: (host: HTMLElement) => void): void {
	const inBody = tag.closest("body");
	const put = () => {
		const host = document.createElement("afterword-survey");
		if (inBody) tag.after(host);
		else (document.querySelector("main") ?? document.body).append(host);
		placed(host);
	};
	if (inBody || document.readyState !== "loading") put();
	else document.addEventListener("DOMContentLoaded", put);
}
