import { afterAll, beforeAll, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { PUBLIC } from "../harness/public-routes.ts";

let collector: TestCollector;
let stranger: TestSite;
/** What every address says to the stranger while the first site has nothing. */
let alone: Map<string, string>;
beforeAll(async () => {
	collector = await startCollector();
	stranger = await collector.makeSite({ name: "Stranger" });
	// The night that is to come for both is over for the stranger too.
	await collector.nightly(Date.now());
	alone = await seenBy(stranger);
	await collector.db.prepare("UPDATE site SET evaluate_at = 0").run();
	await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify({ slug: "mine-only", metric: "nps" }) });
	await collector.send(collector.ask({ customer: "ann", transaction: "MINE-1", comment: "Mine." }));
	const asks = madeUpAsks(6_000, 200, 5, Date.now());
	await loadAsks(collector.db, { id: collector.site.id, timezone: "Europe/Rome" }, asks);
	await loadAsks(collector.db, { id: collector.site.id, timezone: "Europe/Rome" }, fallen(), "fallen");
	await collector.db.prepare("UPDATE ask SET verified = 1").run();
	await collector.nightly(Date.now());
	await collector.owner("/v1/keys", { method: "POST", body: JSON.stringify({ name: "Mine." }) });
	const { responses } = await (await collector.owner("/v1/responses")).json();
	await collector.owner("/v1/cases", { method: "POST", body: JSON.stringify({ response: responses[0].id }) });
	const note = { method: "POST", body: JSON.stringify({ text: "Mine." }) };
	expect((await collector.owner(`/v1/cases/${responses[0].id}/notes`, note)).status).toBe(201);
	const target = { settings: { url: "https://mine.shop-of-ann.com/" }, events: ["answer.scored"] };
	await collector.owner("/v1/webhooks", { method: "POST", body: JSON.stringify({ kind: "webhook", name: "Mine.", ...target }) });
	await collector.owner("/v1/hooks", {
		method: "POST",
		body: JSON.stringify({ targetUrl: "https://mine.shop-of-ann.com/", event: "case.opened" }),
	});
	const { webhooks } = await (await collector.owner("/v1/webhooks")).json();
	expect(webhooks).toHaveLength(2);
	await collector.db
		.prepare(
			"INSERT INTO delivery (site, id, endpoint, type, subject, body, state, created_at, due_at, ended_at) VALUES (?1, 'msg_mine', ?2, 'test', 'x', '{}', 'dead', ?3, ?3, ?3)",
		)
		.bind(collector.site.id, webhooks[0].id, Date.now())
		.run();
	const history = { source: "ndjson", survey: "nps", name: "Mine." };
	const { id: job } = await (await collector.owner("/v1/imports", { method: "POST", body: JSON.stringify(history) })).json();
	const lines = {
		method: "POST",
		headers: { "content-type": "application/x-ndjson" },
		body: '{"score":9,"shown_at":"2026-01-01"}\n{"score":99}',
	};
	expect((await collector.owner(`/v1/imports/${job}/lines?line=1`, lines)).status).toBe(200);
	const { alerts } = await (await collector.owner("/v1/alerts")).json();
	const { baselines } = await (await collector.owner("/v1/surveys/csat/baselines")).json();
	expect([alerts.length > 0, baselines.length > 0]).toEqual([true, true]);
});
afterAll(() => collector.stop());

/** The last four weeks of a survey that nobody likes any more. */
function* fallen(): Generator<LoadedAsk> {
	for (const ask of madeUpAsks(2_000, 27, 6, Date.now() - 86_400_000))
		if (ask.survey === "csat" && ask.status === "answered") yield { ...ask, score: 1 };
}

/** What a site's key gets at every address that names no thing, with the parameters it asks for. */
async function seenBy(site: TestSite): Promise<Map<string, string>> {
	const seen = new Map<string, string>();
	for (const { method, path, operator } of await routes()) {
		// The log of what was done holds what these tests do with the site's own key.
		if (method !== "GET" || PUBLIC.has(`GET ${path}`) || path === "/v1/audit" || operator) continue;
		const address = path.replace("{survey}", "csat");
		if (address.includes("{")) continue;
		const response = await collector.owner(address + (path === "/v1/segments" ? "?key=device" : ""), {}, site);
		expect([address, response.status]).toEqual([address, 200]);
		seen.set(address, (await response.text()).replace(/"last_used":"[^"]*"|"last_used":null/, ""));
	}
	return seen;
}

interface Route {
	readonly method: string;
	readonly path: string;
	/** Whether it is the operator's, about no one site. */
	readonly operator: boolean;
}

async function routes(): Promise<Route[]> {
	const { paths } = await (await collector.fetch("/openapi.json")).json();
	return Object.entries(paths).flatMap(([path, item]) =>
		Object.entries<{ tags?: string[] }>(Object(item)).map(([method, { tags = [] }]) => ({
			method: method.toUpperCase(),
			path,
			operator: tags.includes("Operator"),
		})),
	);
}

/** The path of a route with the names of things that the first site has. */
async function mine(path: string): Promise<string> {
	const { responses } = await (await collector.owner("/v1/responses")).json();
	const { keys } = await (await collector.owner("/v1/keys")).json();
	const { webhooks } = await (await collector.owner("/v1/webhooks")).json();
	const { imports } = await (await collector.owner("/v1/imports")).json();
	const things = [
		["/v1/keys/", keys[0].id],
		["/v1/webhooks/", webhooks[0].id],
		["/v1/hooks/", webhooks[1].id],
		["/v1/deliveries/", "msg_mine"],
		["/v1/imports/", imports[0].id],
	];
	const [, id] = things.find(([start]) => path.startsWith(start)) ?? ["", responses[0].id];
	return path
		.replace("{id}", id)
		.replace("{customer}", "ann")
		.replace("{transaction}", "MINE-1")
		.replace("{survey}", "mine-only");
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
	const kept = async () => {
		const tables = ["ask", "case_file", "case_event", "endpoint", "delivery", "import_job", "imported", "import_refusal"].map(
			(table) => collector.db.prepare(`SELECT * FROM ${table}`),
		);
		return (await collector.db.batch(tables)).map(({ results }) => results);
	};
	const before = await kept();
	for (const { method, path, operator } of await routes()) {
		// The operator's, and one that makes something for whoever calls it.
		if (PUBLIC.has(`${method} ${path}`) || operator || `${method} ${path}` === "POST /v1/signing-secrets") continue;
		const response = await collector.owner(
			await mine(path),
			{ method, ...(method === "POST" || method === "PATCH" ? { body: "{}" } : {}) },
			stranger,
		);
		const text = await response.text();
		expect([method, path, /MINE|Mine\.|mine\.shop|Test shop/.test(text)]).toEqual([method, path, false]);
		if (path.includes("{") && method !== "DELETE") expect([method, path, response.status]).toEqual([method, path, 404]);
	}
	expect(await kept()).toEqual(before);
	expect((await collector.owner("/v1/scores")).status).toBe(200);
});

test("every address says to a site the same whether another site has answers, alerts, baselines and keys or none", async () => {
	expect(alone.size).toBeGreaterThan(10);
	expect(Object.fromEntries(await seenBy(stranger))).toEqual(Object.fromEntries(alone));
});

test("the operator's addresses open to no site's key, and the operator's key opens no site's", async () => {
	for (const { method, path, operator } of await routes()) {
		if (PUBLIC.has(`${method} ${path}`)) continue;
		const body = method === "POST" || method === "PATCH" ? { body: "{}" } : {};
		const response = operator
			? await collector.owner(await mine(path), { method, ...body })
			: await collector.operator(await mine(path), { method, ...body });
		expect([method, path, response.status]).toEqual([method, path, 401]);
	}
});

test("a public key reads nothing", async () => {
	for (const { method, path } of await routes()) {
		if (PUBLIC.has(`${method} ${path}`)) continue;
		const response = await collector.owner(await mine(path), { method }, { ...stranger, secretKey: collector.site.publicKey });
		expect([method, path, response.status]).toEqual([method, path, 401]);
	}
});
