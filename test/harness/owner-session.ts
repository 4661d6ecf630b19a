import { OPERATOR_KEY, type TestCollector, type TestSite } from "./collector.ts";

/** What a form has in it; where a name stands several times, as `URLSearchParams`. */
export type Form = Readonly<Record<string, string>> | URLSearchParams;

/** Somebody logged in to the owner's pages, without a browser: a cookie, and the forms that pages give. */
export interface OwnerSession {
	readonly cookie: string;
	/** A page; redirects are not followed. */
	get(path: string): Promise<Response>;
	/** Sends a form as a page of ours does, with the session's token; `headers` replace what a browser would say of it. */
	post(path: string, form?: Form, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Logs in with a site's key; "operator" with the operator's. `page` is one that this visitor may see, for the token of its forms. */
export async function logInTo(
	collector: TestCollector,
	who: TestSite | "operator" = collector.site,
	page = "/app/sites",
): Promise<OwnerSession> {
	const key = who === "operator" ? OPERATOR_KEY : who.secretKey;
	const reply = await sendForm(collector, "/app/login", { key });
	const cookie = reply.headers.get("set-cookie")?.split(";")[0];
	if (!cookie) throw new Error(`Not logged in: ${reply.status} ${await reply.text()}`);
	const get = (path: string) => collector.fetch(path, { headers: { cookie }, redirect: "manual" });
	const [, csrf = ""] = /name="csrf" value="(\w+)"/.exec(await (await get(page)).text()) ?? [];
	return {
		cookie,
		get,
		post(path, form = {}, headers = {}) {
			const sent = new URLSearchParams(form);
			if (!sent.has("csrf")) sent.set("csrf", csrf);
			return sendForm(collector, path, sent, { cookie, ...headers });
		},
	};
}

/** Sends a form from a page of ours, or from wherever `headers` say. */
export function sendForm(
	collector: TestCollector,
	path: string,
	form: Form,
	headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
	return collector.fetch(path, {
		method: "POST",
		redirect: "manual",
		headers: { "content-type": "application/x-www-form-urlencoded", origin: collector.url, ...headers },
		body: new URLSearchParams(form),
	});
}
