import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPERATOR_KEY, startCollector, type TestCollector } from "../harness/collector.ts";
import { logInTo, sendForm } from "../harness/owner-session.ts";

const HOUR_MS = 60 * 60 * 1000;

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

const sessions = async () => (await collector.db.prepare("SELECT * FROM session ORDER BY created_at DESC").all()).results;
const key = async (settings: object = {}): Promise<{ id: string; secret: string }> => {
	const body = JSON.stringify({ name: "For a session", scopes: ["scores:read", "keys:write"], ...settings });
	const { key, secret_key } = await (await collector.owner("/v1/keys", { method: "POST", body })).json();
	return { id: key.id, secret: secret_key };
};
const loginLink = async (site: string | null): Promise<string> => {
	const headers = { authorization: `Bearer ${OPERATOR_KEY}`, "content-type": "application/json" };
	const reply = await collector.fetch("/v1/login-links", { method: "POST", headers, body: JSON.stringify({ site }) });
	expect(reply.status).toBe(201);
	return (await reply.json()).path;
};
const opened = async (cookie: string) =>
	(await collector.fetch("/app/sites", { headers: { cookie }, redirect: "manual" })).status;

describe("logging in", () => {
	test("needs a key that is known: a session of 256 bits, of which the database has the hash alone", async () => {
		const reply = await sendForm(collector, "/app/login", { key: collector.site.secretKey, to: "/app/answers?survey=nps" });
		expect([reply.status, reply.headers.get("location")]).toEqual([303, "/app/answers?survey=nps"]);
		const cookie = reply.headers.get("set-cookie") ?? "";
		expect(cookie).toMatch(/^afterword=[0-9A-Za-z]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
		const [session] = await sessions();
		expect(session).toMatchObject({ site: collector.site.id });
		expect(JSON.stringify(session)).not.toContain(cookie.slice(10, 53));
		expect(JSON.stringify(session)).not.toContain(collector.site.secretKey);
	});

	test("over https the cookie is __Host-, Secure", async () => {
		const headers = { "x-test-protocol": "https", origin: collector.url.replace("http:", "https:") };
		const reply = await sendForm(collector, "/app/login", { key: collector.site.secretKey }, headers);
		expect(reply.headers.get("set-cookie")).toMatch(
			/^__Host-afterword=\w{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
		);
	});

	test("a wrong key makes none, and says nothing of what was sent", async () => {
		const before = await sessions();
		const { publicKey, secretKey } = collector.site;
		const other = `${secretKey.slice(0, -1)}${secretKey.endsWith("x") ? "y" : "x"}`;
		for (const wrong of ["", "x", publicKey, other, "<b>key</b>"]) {
			const reply = await sendForm(collector, "/app/login", { key: wrong });
			expect([wrong, reply.status, reply.headers.get("set-cookie")]).toEqual([wrong, 403, null]);
			expect(await reply.text()).not.toContain("<b>key");
		}
		expect(await sessions()).toEqual(before);
	});

	test("leads nowhere but into these pages", async () => {
		for (const to of [
			"https://evil.example/",
			"//evil.example",
			"/app/../v1/x",
			"/app//evil.example",
			"/app/login",
			"javascript:alert(1)",
		]) {
			const reply = await sendForm(collector, "/app/login", { key: collector.site.secretKey, to });
			expect([to, reply.headers.get("location")]).toEqual([to, "/app/"]);
		}
	});

	test("from another page is refused", async () => {
		const before = await sessions();
		const form = { key: collector.site.secretKey };
		for (const headers of [
			{ origin: "https://evil.example" },
			{ origin: "null" },
			{ origin: collector.url, "sec-fetch-site": "cross-site" },
			{ origin: collector.url, "sec-fetch-site": "same-site" },
			{ origin: "https://evil.example", "sec-fetch-site": "same-origin" },
		])
			expect([headers, (await sendForm(collector, "/app/login", form, headers)).status]).toEqual([headers, 403]);
		const silent = {
			method: "POST",
			headers: { "content-type": "application/x-www-form-urlencoded" },
			body: new URLSearchParams(form),
		};
		expect((await collector.fetch("/app/login", silent)).status).toBe(403);
		expect(await sessions()).toEqual(before);
	});

	test("a link logs the operator in once", async () => {
		const path = await loginLink(collector.site.id);
		const first = await collector.fetch(path, { redirect: "manual" });
		expect([first.status, first.headers.get("location")]).toEqual([303, "/app/"]);
		expect(await opened(first.headers.get("set-cookie")?.split(";")[0] ?? "")).toBe(200);
		const second = await collector.fetch(path, { redirect: "manual" });
		expect([second.status, second.headers.get("set-cookie")]).toEqual([410, null]);
		const old = await loginLink(null);
		await collector.db.prepare("UPDATE login_link SET expires_at = ?1").bind(Date.now()).run();
		expect((await collector.fetch(old, { redirect: "manual" })).status).toBe(410);
	});
});

describe("a session", () => {
	test("ends when it is logged out, for every copy of the cookie", async () => {
		const { cookie, post } = await logInTo(collector, "operator");
		expect(await opened(cookie)).toBe(200);
		const reply = await post("/app/logout");
		expect([reply.status, reply.headers.get("set-cookie")]).toEqual([303, expect.stringContaining("Max-Age=0")]);
		expect(await opened(cookie)).toBe(303);
	});

	test("ends after twelve hours without use, and after seven days anyhow", async () => {
		for (const [column, age] of [
			["used_at", 12 * HOUR_MS + 1],
			["created_at", 7 * 24 * HOUR_MS + 1],
		] as const) {
			const { cookie } = await logInTo(collector, "operator");
			const [session] = await sessions();
			const set = collector.db.prepare(`UPDATE session SET ${column} = ?2 WHERE hash = ?1`);
			await set.bind(session?.["hash"], Date.now() - age + HOUR_MS).run();
			expect([column, await opened(cookie)]).toEqual([column, 200]);
			await set.bind(session?.["hash"], Date.now() - age).run();
			expect([column, await opened(cookie)]).toEqual([column, 303]);
		}
	});

	test("ends with its key, and has no more scopes than it", async () => {
		const { id, secret } = await key();
		const { cookie } = await logInTo(collector, { ...collector.site, secretKey: secret });
		const logged = await collector.fetch("/app/sites", { headers: { cookie }, redirect: "manual" });
		expect(logged.status).toBe(404); // The operator's.
		await collector.owner(`/v1/keys/${id}`, { method: "DELETE" });
		expect(await opened(cookie)).toBe(303);
	});

	test("ends when its key expires", async () => {
		const { secret } = await key({ expires_at: new Date(Date.now() + HOUR_MS).toISOString() });
		const { cookie } = await logInTo(collector, { ...collector.site, secretKey: secret });
		expect(await opened(cookie)).toBe(404);
		await collector.db.prepare("UPDATE api_key SET expires_at = ?1 WHERE expires_at IS NOT NULL").bind(Date.now()).run();
		expect(await opened(cookie)).toBe(303);
	});

	test("takes no form without its own token, or from another page", async () => {
		const mine = await logInTo(collector, "operator");
		const other = await logInTo(collector, "operator");
		const site = { site: collector.site.id };
		expect((await mine.post("/app/sites/open", { ...site, csrf: "" })).status).toBe(403);
		expect((await sendForm(collector, "/app/sites/open", site, { cookie: mine.cookie })).status).toBe(403);
		const [, theirs = ""] = /name="csrf" value="(\w+)"/.exec(await (await other.get("/app/sites")).text()) ?? [];
		expect((await mine.post("/app/sites/open", { ...site, csrf: theirs })).status).toBe(403);
		expect((await mine.post("/app/sites/open", site, { origin: "https://evil.example" })).status).toBe(403);
		expect((await mine.post("/app/sites/open", site)).status).toBe(303);
	});
});

test("every page of the owner's is private, under a strict policy, and open to no other page", async () => {
	const { get } = await logInTo(collector, "operator");
	for (const path of ["/app/login", "/app/sites", "/app/nothing"]) {
		const { headers } = await get(path);
		expect(headers.get("content-security-policy")).toMatch(
			/^default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'/,
		);
		expect(headers.get("cache-control")).toBe("private, no-store");
		expect(headers.get("access-control-allow-origin")).toBeNull();
		expect([headers.get("x-content-type-options"), headers.get("cross-origin-opener-policy")]).toEqual([
			"nosniff",
			"same-origin",
		]);
	}
});
