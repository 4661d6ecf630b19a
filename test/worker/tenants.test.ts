import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

let collector: TestCollector;
let stranger: TestSite;
beforeAll(async () => {
	collector = await startCollector();
	stranger = await collector.makeSite({ name: "Stranger" });
	await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify({ slug: "mine-only", metric: "nps" }) });
	await collector.send(collector.ask({ customer: "ann", transaction: "MINE-1", comment: "Mine." }));
	await collector.db.prepare("UPDATE ask SET verified = 1").run();
});
afterAll(() => collector.stop());

/** The addresses that need no key, each with the reason. */
const PUBLIC = new Set([
	"POST /v1/responses", // the shop's page
	"GET /w/{file}", // its script
	"GET /healthz",
	"GET /openapi.json",
	"GET /docs",
]);

interface Route {
	readonly method: string;
	readonly path: string;
}

async function routes(): Promise<Route[]> {
	const { paths } = await (await collector.fetch("/openapi.json")).json();
	return Object.entries(paths).flatMap(([path, item]) =>
		Object.keys(Object(item)).map((method) => ({ method: method.toUpperCase(), path })),
	);
}

/** The path of a route with the names of things that the first site has. */
async function mine(path: string): Promise<string> {
	const { responses } = await (await collector.owner("/v1/responses")).json();
	const { keys } = await (await collector.owner("/v1/keys")).json();
	const id = path.startsWith("/v1/keys") ? keys[0].id : responses[0].id;
	return path.replace("{id}", id).replace("{customer}", "ann").replace("{survey}", "mine-only");
}

test("every route is in the document, and every one that is not public refuses a caller without a key", async () => {
	const known = await routes();
	expect(known.length).toBeGreaterThan(15);
	for (const { method, path } of known) {
		if (PUBLIC.has(`${method} ${path}`)) continue;
		const response = await collector.fetch(await mine(path), { method });
		expect([method, path, response.status]).toEqual([method, path, 401]);
		expect(response.headers.get("access-control-allow-origin")).toBeNull();
	}
});

test("no route shows or changes anything of another site", async () => {
	const before = await collector.db.prepare("SELECT * FROM ask").all();
	for (const { method, path } of await routes()) {
		if (PUBLIC.has(`${method} ${path}`) || path === "/v1/sites") continue;
		const response = await collector.owner(
			await mine(path),
			{ method, ...(method === "POST" || method === "PATCH" ? { body: "{}" } : {}) },
			stranger,
		);
		const text = await response.text();
		expect([method, path, /MINE|Mine\.|Test shop/.test(text)]).toEqual([method, path, false]);
		if (path.includes("{") && method !== "DELETE") expect([method, path, response.status]).toEqual([method, path, 404]);
	}
	expect((await collector.db.prepare("SELECT * FROM ask").all()).results).toEqual(before.results);
	expect((await collector.owner("/v1/scores")).status).toBe(200);
});

test("a public key reads nothing", async () => {
	for (const { method, path } of await routes()) {
		if (PUBLIC.has(`${method} ${path}`)) continue;
		const response = await collector.owner(await mine(path), { method }, { ...stranger, secretKey: collector.site.publicKey });
		expect([method, path, response.status]).toEqual([method, path, 401]);
	}
});
