import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATHS } from "../../local/paths.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { logInTo, sendForm } from "../harness/owner-session.ts";
import { APP } from "../harness/session-tokens.ts";

let collector: TestCollector;
let stranger: TestSite;
let pages: readonly Page[];
/** The ids of the first site's webhook and of its Shopify app. */
let webhook: string;
let shopify: string;
beforeAll(async () => {
	collector = await startCollector({ settings: { name: "Mine shop" } });
	stranger = await collector.makeSite({ name: "Stranger" });
	await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify({ slug: "mine-only", metric: "nps" }) });
	await collector.send(collector.ask({ customer: "mine-ann", transaction: "MINE-1", comment: "Mine comment", score: 2 }));
	await collector.db.prepare("UPDATE ask SET verified = 1").run();
	const target = { kind: "webhook", settings: { url: "https://mine.shop-of-ann.com/" }, events: ["answer.scored"] };
	const made = await collector.owner("/v1/webhooks", { method: "POST", body: JSON.stringify({ ...target, name: "Mine shop" }) });
	webhook = (await made.json()).webhook.id;
	const app = await collector.owner("/v1/shopify-apps", { method: "POST", body: JSON.stringify(APP) });
	shopify = (await app.json()).id;
	await collector.db
		.prepare(
			`INSERT INTO delivery (site, id, endpoint, type, subject, body, state, created_at, due_at, ended_at)
			VALUES (?1, 'msg_mine', ?2, 'test', 'x', '"Mine comment"', 'dead', ?3, ?3, ?3)`,
		)
		.bind(collector.site.id, webhook, Date.now())
		.run();
	pages = await registered();
});
afterAll(() => collector.stop());

interface Page {
	readonly method: "GET" | "POST";
	readonly path: string;
}

/** The addresses under /app that need no session, each with the reason. */
const OPEN = new Set([
	"GET /app/login", // the way in
	"POST /app/login",
	"GET /app/app.css", // what pages are made of
	"GET /app/figures.css",
	"GET /app/answers.css",
	"GET /app/cases.css",
	"GET /app/settings.css",
	"GET /app/app.js",
	"GET /app/import.js",
	"GET /app/papaparse.js",
	"POST /app/preview/v1/responses", // the widget sends no cookie; nothing is kept
	"POST /app/preview/:sketch/v1/responses",
]);

/** The addresses that are the operator's alone. */
const OPERATORS = /^\/app\/(?:sites|health)(?:\/|$)/;

/** Every address of the owner's pages as the code registers it: one that is added is here by itself. */
async function registered(): Promise<Page[]> {
	const folder = join(PATHS.root, "worker/dashboard");
	const files = (await readdir(folder, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
	const sources = (await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))).map(withPaths);
	const one = /\.(get|post)\(\s*["`](\/app\/[^"`*]*)["`]/g;
	const several = /\.on\(\s*"(GET|POST)",\s*\[([^\]]*)\]/g;
	return sources.flatMap((source) => [
		...[...source.matchAll(one)].map(([, method, path = ""]) => ({ method: method === "get" ? "GET" : "POST", path }) as const),
		...[...source.matchAll(several)].flatMap(([, method, paths = ""]) =>
			[...paths.matchAll(/"([^"]*)"/g)].map(([, path = ""]) => ({ method: method === "GET" ? "GET" : "POST", path }) as const),
		),
	]);
}

/** A source in which the routes that go by the name of a constant stand as they are. */
function withPaths(source: string): string {
	const [, path = ""] = /const PATH = "([^"]*)"/.exec(source) ?? [];
	const plain = source.replace(/\$\{PATH\}/g, path).replace(/\.(get|post)\(PATH,/g, `.$1("${path}",`);
	const unknown = /\.(?:get|post|on)\(\s*[A-Z][\w.]*,\s*(?:async )?\(c\b/.exec(plain);
	if (unknown) throw new Error(`Which address is it? ${unknown[0]}`);
	return plain;
}

/** The address with the names of things that the first site has. */
async function mine(path: string): Promise<string> {
	const { responses } = await (await collector.owner("/v1/responses")).json();
	const { keys } = await (await collector.owner("/v1/keys")).json();
	const things = [
		["/app/settings/keys", keys[0].id],
		["/app/settings/signing/shopify", shopify],
		["/app/webhooks", webhook],
		["/app/deliveries", "msg_mine"],
	];
	const [, id] = things.find(([start = ""]) => path.startsWith(start)) ?? ["", responses[0].id];
	return path
		.replace(/\{[^}]*\}/g, "")
		.replace(/\$format\b/, "csv")
		.replace(/:id\b/, id)
		.replace(/:kind\b/, "webhook")
		.replace(/:customer\b/, "mine-ann")
		.replace(/:transaction\b/, "MINE-1")
		.replace(/:survey\b/, "mine-only")
		.replace(/:\w+/g, "x");
}

test("every page but the way in leads there without a session, and does nothing", async () => {
	const paths = pages.map(({ path }) => path);
	expect(paths).toEqual(expect.arrayContaining(["/app/drivers", "/app/settings/signing/shopify/:id/end"]));
	const before = await collector.db.prepare("SELECT * FROM ask").all();
	for (const { method, path } of pages) {
		if (OPEN.has(`${method} ${path}`)) continue;
		const address = await mine(path);
		const reply =
			method === "GET" ? await collector.fetch(address, { redirect: "manual" }) : await sendForm(collector, address, {});
		expect([method, path, reply.status, reply.headers.get("location")?.split("?")[0]]).toEqual([method, path, 303, "/app/login"]);
	}
	expect((await collector.db.prepare("SELECT * FROM ask").all()).results).toEqual(before.results);
});

test("every form is refused without the session's token, and from a page of somebody else", async () => {
	const { post } = await logInTo(collector);
	const operator = await logInTo(collector, "operator");
	for (const { method, path } of pages) {
		if (method === "GET" || OPEN.has(`POST ${path}`)) continue;
		const send = OPERATORS.test(path) ? operator.post : post;
		expect([path, (await send(await mine(path), { csrf: "" })).status]).toEqual([path, 403]);
		expect([path, (await send(await mine(path), {}, { origin: "https://evil.example" })).status]).toEqual([path, 403]);
	}
});

test("a session of one site sees nothing of another, on any page", async () => {
	const { get } = await logInTo(collector, stranger);
	for (const { method, path } of pages) {
		if (method === "POST") continue;
		const address = await mine(path);
		const reply = await get(address);
		const text = await reply.text();
		// What is to be erased is said as it was typed, known or not.
		const typed = path.endsWith("/:customer/erase");
		expect([path, (typed ? /Mine shop|Mine comment|MINE-1/ : /Mine shop|Mine comment|mine-ann|MINE-1/).test(text)]).toEqual([
			path,
			false,
		]);
		if (/:(?:id|customer|survey)/.test(path) && !typed) expect([path, reply.status]).toEqual([path, 404]);
	}
});

test("the operator's pages are not there for a shop's own session", async () => {
	const { get, post } = await logInTo(collector);
	const operators = pages.filter(({ path }) => OPERATORS.test(path));
	expect(operators.length).toBeGreaterThanOrEqual(4);
	for (const { method, path } of operators)
		expect([method, path, (await (method === "GET" ? get(path) : post(path))).status]).toEqual([method, path, 404]);
});

test("every page has the policy of its kind and is kept by nobody", async () => {
	const owner = await logInTo(collector);
	const operator = await logInTo(collector, "operator");
	for (const { method, path } of pages) {
		if (method === "POST") continue;
		const { get } = OPERATORS.test(path) ? operator : owner;
		const { headers } = await get(await mine(path));
		const policy = headers.get("content-security-policy") ?? "";
		expect([path, policy]).toEqual([path, expect.stringMatching(/^default-src 'none'; style-src 'self'; img-src 'self' data:;/)]);
		expect([path, /unsafe|https?:|\*/.test(policy)]).toEqual([path, false]);
		expect([path, policy.includes("frame-ancestors 'self'")]).toEqual([path, path === "/app/preview"]);
		if (!OPEN.has(`GET ${path}`)) expect([path, headers.get("cache-control")]).toEqual([path, "private, no-store"]);
	}
});
