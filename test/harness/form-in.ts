const CONTROL = /<(input)\b([^>]*)>|<(textarea)\b([^>]*)>(.*?)<\/textarea>|<(select)\b([^>]*)>(.*?)<\/select>/gs;

/** What a form of a page has in it, as a browser would send it but for its button. `action` names the form. */
export function formIn(html: string, action: string): URLSearchParams {
	const all = [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)];
	const inside = all.find(([, attributes = ""]) => attributeIn(attributes, "action") === action)?.[2];
	if (inside === undefined) throw new Error(`No form to ${action}`);
	const form = new URLSearchParams();
	for (const [, input, onInput, area, onArea, typed, select, onSelect, options] of inside.matchAll(CONTROL)) {
		const attributes = (input && onInput) || (area && onArea) || (select && onSelect) || "";
		const name = attributeIn(attributes, "name");
		if (name === null || (/type="(?:radio|checkbox)"/.test(attributes) && !/ checked=""/.test(attributes))) continue;
		const chosen = /<option\b([^>]* selected=""[^>]*)>/.exec(options ?? "")?.[1] ?? "";
		form.append(name, area ? decoded(typed ?? "") : (attributeIn(select ? chosen : attributes, "value") ?? ""));
	}
	return form;
}

/** What a page says is wrong with one of its controls, beside it. */
export function faultIn(html: string, name: string): string | undefined {
	const fault = new RegExp(`<p class="fault" id="f-${name}-fault">(.*?)</p>`).exec(html)?.[1];
	return fault === undefined ? undefined : decoded(fault);
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
