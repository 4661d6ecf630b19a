import { formsIn, type PageForm } from "./form-in.ts";
import type { OwnerSession } from "./owner-session.ts";

/** The forms of the owner's pages, found by going from page to page: one of each kind, for pages and forms of one thing are like another's. */
export async function formsOf(owner: OwnerSession): Promise<PageForm[]> {
	const forms = new Map<string, PageForm>();
	const pages = new Map([["/app/", "/app/"]]);
	for (const path of pages.values()) {
		const reply = await owner.get(path);
		if (!reply.headers.get("content-type")?.startsWith("text/html")) continue;
		const html = await reply.text();
		const [, csrf = ""] = /name="csrf" value="(\w+)"/.exec(html) ?? [];
		for (const { action, method, fields } of formsIn(html)) {
			const form = { action: action || path, method, fields };
			// Where a form goes to several places, it is the button that says whose it is.
			if (method === "post") fields.set("csrf", csrf);
			if (!forms.has(kindOf(form.action))) forms.set(kindOf(form.action), form);
		}
		for (const [, link = ""] of html.matchAll(/href="(\/app\/[^"#]*)"/g)) {
			const [next = ""] = link.split("?");
			if (!pages.has(kindOf(next))) pages.set(kindOf(next), next);
		}
	}
	return [...forms.values()];
}

/** A path without the ids in it. */
const kindOf = (path: string) =>
	path.replace(/(?<=\/)(?=\w*[\dA-Z])\w{6,}|(?<=signing\/)\w{6}(?=\/)|(?<=customers\/)[^/]+/g, "…");
