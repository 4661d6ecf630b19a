const CONTROL = /<(input)\b([^>]*)>|<(textarea)\b([^>]*)>(.*?)<\/textarea>|<(select)\b([^>]*)>(.*?)<\/select>/gs;

/** A form of a page, and what a browser would send of it as it is, but for its button. */
export interface PageForm {
	readonly action: string;
	readonly method: "get" | "post";
	readonly fields: URLSearchParams;
}

/** What a form of a page has in it. `action` names the form. */
export function formIn(html: string, action: string): URLSearchParams {
	const form = formsIn(html).find((each) => each.action === action);
	if (!form) throw new Error(`No form to ${action}`);
	return form.fields;
}

/** Every form of a page. */
export function formsIn(html: string): PageForm[] {
	return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = "", inside = ""]) => ({
		action: attributeIn(attributes, "action") ?? "",
		method: attributeIn(attributes, "method") === "post" ? "post" : "get",
		fields: fieldsIn(inside),
	}));
}

function fieldsIn(inside: string): URLSearchParams {
	const fields = new URLSearchParams();
	for (const [, input, onInput, area, onArea, typed, select, onSelect, options] of inside.matchAll(CONTROL)) {
		const attributes = (input && onInput) || (area && onArea) || (select && onSelect) || "";
		const name = attributeIn(attributes, "name");
		if (name === null || (/type="(?:radio|checkbox)"/.test(attributes) && !/ checked=""/.test(attributes))) continue;
		const chosen = /<option\b([^>]* selected=""[^>]*)>/.exec(options ?? "")?.[1] ?? "";
		fields.append(name, area ? decoded(typed ?? "") : (attributeIn(select ? chosen : attributes, "value") ?? ""));
	}
	return fields;
}

/** What a page says is wrong with one of its controls, beside it. */
export function faultIn(html: string, name: string): string | undefined {
	const fault = new RegExp(`<p class="fault" id="f-${name}-fault">(.*?)</p>`).exec(html)?.[1];
	return fault === undefined ? undefined : decoded(fault);
}

/** How the list of what is wrong with a page calls a control, and how the control itself is called. */
export function calledIn(html: string, name: string): { listed: string | undefined; label: string | undefined } {
	const listed = new RegExp(`<li><a href="#f-${name}">(.*?)</a>`).exec(html)?.[1];
	const label = new RegExp(`<label for="f-${name}">(.*?)</label>|<fieldset id="f-${name}"[^>]*><legend>(.*?)</legend>`).exec(
		html,
	);
	return { listed, label: label?.[1] ?? label?.[2] };
}

/** Text of HTML as it is read. */
export function decoded(html: string): string {
	return html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => NAMED[name] ?? "");
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function attributeIn(attributes: string, name: string): string | null {
	const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
	return value === undefined ? null : decoded(value);
}
