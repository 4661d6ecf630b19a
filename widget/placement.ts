import type { Occasion } from "./occasion.ts";
import { said } from "./options.ts";

/**
 * Puts the widget's element where the question shall stand, and calls back: the `<afterword-survey>` that asked is that element;
 * a corner card ends the body; `element` names a selector; otherwise it follows the tag. A tag in the head or out of the page has no
 * place of its own: then the element ends the main part of the page, once the page has been read.
 */
export function place({ options, spot }: Occasion, corner: boolean, placed: (host: HTMLElement | null) => void): void {
	const own = spot?.closest<HTMLElement>("afterword-survey");
	const inBody = own ?? spot?.closest("body");
	const put = () => {
		if (own) return placed(own.isConnected ? own : null);
		const host = document.createElement("afterword-survey");
		host.dataset["made"] = "";
		const into = said(options, "element", 500) ?? (inBody ? "" : "main");
		if (corner) document.body.append(host);
		else if (into) (find(into) ?? document.body).append(host);
		else spot?.after(host);
		placed(host);
	};
	if (document.readyState !== "loading" || inBody) put();
	else document.addEventListener("DOMContentLoaded", put);
}

/** The element a selector leads to; null where it is none. */
function find(selector: string): Element | null {
	try {
		return document.querySelector(selector);
	} catch {
		return null;
	}
}
