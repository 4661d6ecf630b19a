import type { Occasion } from "./occasion.ts";
import { said } from "./options.ts";

/**
 * Puts the widget's element where the question shall stand, and calls back: the `<afterword-survey>` that asked is that element;
 * a corner card ends the body; `element` names a selector; otherwise it follows the tag. A tag in the head or out of the page has no
 * place of its own: then the element ends the main part of the page, once the page has been read.
 */
export function place({ options, spot }: Occasion, corner: boolean, placed: (host: HTMLElement) => void): void {
	const own = spot?.closest<HTMLElement>("afterword-survey");
	const inBody = spot?.closest("body");
	const put = () => {
		const host = own ?? document.createElement("afterword-survey");
		const into = said(options, "element", 500) ?? (inBody ? "" : "main");
		if (corner) document.body.append(host);
		else if (into) (document.querySelector(into) ?? document.body).append(host);
		else if (!own) spot?.after(host);
		placed(host);
	};
	if (document.readyState !== "loading" || inBody) put();
	else document.addEventListener("DOMContentLoaded", put);
}
