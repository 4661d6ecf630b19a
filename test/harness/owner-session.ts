import { OPERATOR_KEY, type TestCollector, type TestSite } from "./collector.ts";

/** Somebody logged in to the owner's pages, without a browser: a cookie, and the forms that pages give. */
export interface OwnerSession {
	readonly cookie: string;
	/** A page; redirects are not followed. */
	get(path: string): Promise<Response>;
	/** Sends a form as a page of ours does, with the session's token; `headers` replace what a browser would say of it. */
	post(path: string, form?: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Logs in with a site's key; "operator" with the operator's. */
export async function logInTo(collector: TestCollector, who: TestSite | "operator" = collector.site): Promise<OwnerSession> {
	const key = who === "operator" ? OPERATOR_KEY : who.secretKey;
	const reply = await sendForm(collector, "/app/login", { key });
	const cookie = reply.headers.get("set-cookie")?.split(";")[0];
	if (!cookie) throw new Error(`Not logged in: ${reply.status} ${await reply.text()}`);
	const get = (path: string) => collector.fetch(path, { headers: { cookie }, redirect: "manual" });
	const [, csrf = ""] = /name="csrf" value="(\w+)"/.exec(await (await get("/app/sites")).text()) ?? [];
	return {
		cookie,
		get,
		post: (path, form = {}, headers = {}) => sendForm(collector, path, { csrf, ...form }, { cookie, ...headers }),
	};
}

/** Sends a form from a page of ours, or from wherever `headers` say. */
export function sendForm(
	collector: TestCollector,
	path: string,
	form: Readonly<Record<string, string>>,
	headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
	return collector.fetch(path, {
		method: "POST",
		redirect: "manual",
		headers: { "content-type": "application/x-www-form-urlencoded", origin: collector.url, ...headers },
		body: new URLSearchParams(form),
	});
}
