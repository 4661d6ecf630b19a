import { afterAll, beforeAll, expect, test } from "vitest";
import { SCOPES } from "../../shared/scopes.ts";
import { OPERATOR_KEY, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { lint, type OpenApi, openApiOf, type Reply, type Route, routesOf, undocumented } from "../harness/openapi.ts";
import { fillSite, type Things } from "../harness/whole-site.ts";

let collector: TestCollector;
let document: OpenApi;
let routes: Route[];
let things: Things;
beforeAll(async () => {
	collector = await startCollector();
	things = await fillSite(collector);
	document = await openApiOf(collector);
	routes = routesOf(document);
});
afterAll(() => collector.stop());

test("the document has no fault that Redocly's strictest rules find", async () => {
	const found = await lint(
		document,
		{
			"operation-tag-defined": "error",
			"operation-singular-tag": "error",
			"parameter-description": "error",
			"path-declaration-must-exist": "error",
			"array-parameter-serialization": "error",
			"component-name-unique": "error",
			"no-http-verbs-in-paths": "error",
			// The three that say what the service is take no key and no parameter, and so refuse nothing.
			"operation-4xx-response": "off",
		},
		"recommended-strict",
	);
	expect(found).toEqual([]);
	const unrefusing = routes.filter(({ operation }) => !Object.keys(operation.responses).some((status) => status.startsWith("4")));
	expect(unrefusing.map(({ path }) => path)).toEqual(["/healthz", "/openapi.json", "/docs"]);
});

test("the linter is one that finds faults", async () => {
	const [, ...rest] = document.servers;
	const broken = { ...document, servers: rest, security: [{ nobody: [] }] };
	const found = await lint(broken, {}, "recommended-strict");
	expect(found).toEqual(
		expect.arrayContaining([expect.stringMatching(/^no-empty-servers/), expect.stringMatching(/^security-defined/)]),
	);
});

test("operations are called as a program would call them", () => {
	const names = Object.fromEntries(routes.map(({ method, path, operation }) => [`${method} ${path}`, operation.operationId]));
	expect(names).toMatchObject({
		"GET /v1/responses": "listResponses",
		"GET /v1/responses/{id}": "getResponse",
		"GET /v1/responses.csv": "getResponsesCsv",
		"GET /v1/scores": "getScores",
		"GET /v1/scores/series": "getScoresSeries",
		"POST /v1/surveys": "createSurvey",
		"PATCH /v1/surveys/{survey}": "updateSurvey",
		"GET /v1/surveys/{survey}/baselines": "listSurveyBaselines",
		"POST /v1/cases/{id}/notes": "createCaseNote",
		"DELETE /v1/customers/{customer}": "eraseCustomer",
		"POST /v1/dead-letters/replay": "replayDeadLetters",
		"GET /s/{site}/{file}.js": "getSurveyPageScript",
	});
	for (const name of Object.values(names)) expect(name).toMatch(/^[a-z]+(?:[A-Z0-9][a-z0-9]*)*$/);
	expect(new Set(Object.values(names)).size).toBe(routes.length);
});

test("every parameter says what it may be, every body has an example, and every name of a schema is free in a browser", () => {
	const bare = routes.flatMap(({ method, path, operation: { parameters = [] } }) =>
		parameters
			.filter(({ schema }) => !["enum", "default", "examples", "$ref", "maximum"].some((word) => word in schema))
			.map(({ name }) => `${method} ${path} ${name}`),
	);
	expect(bare).toEqual([]);
	const bodies = routes.flatMap(({ operation: { requestBody } }) => [
		...JSON.stringify(requestBody ?? {}).matchAll(/schemas\/(\w+)/g),
	]);
	const without = bodies.filter(([, name = ""]) => !("examples" in (document.components.schemas[name] ?? {})));
	expect([bodies.length > 10, without]).toEqual([true, []]);
	// A generated client that declares its own `Response` can no longer name the one of fetch.
	expect(Object.keys(document.components.schemas).filter((name) => name in globalThis)).toEqual([]);
});

test("the document names the address it was fetched from", () => {
	expect(document.servers.map(({ url }) => url)).toEqual([collector.url]);
});

/** A route's path with names of things that there are, and a parameter where one is needed. */
function addressOf(path: string): string {
	const [, id = things.response] = Object.entries(things.under).find(([start]) => path.startsWith(start)) ?? [];
	const names = {
		id,
		survey: "csat",
		site: collector.site.publicKey,
		customer: things.customer,
		transaction: things.transaction,
	};
	return path
		.replace("/w/{file}", `/w/${collector.site.publicKey}.js`)
		.replace("/badge/{file}", `/badge/${collector.site.publicKey}.svg`)
		.replace("{file}", "csat")
		.replace(/\{(\w+)\}/g, (_, name: keyof typeof names) => encodeURIComponent(names[name] ?? "none"))
		.replace(/\/segments$/, "/segments?key=device");
}

/** The same once more, asked otherwise. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
	"/v1/scores": [
		"?window=7d,90d&verified=all",
		"?segment=device:phone&versions=all",
		"?survey=ces&window=2026-01-01..2026-02-01",
	],
	"/v1/scores/series": ["?step=week&window=7d", "?segment=plan:gold"],
	"/v1/segments": ["?key=delay", "?key=plan&window=365d"],
	"/v1/responses": ["?limit=2", "?group=low&verified=yes"],
	"/v1/cases": ["?state=all&limit=1"],
	"/v1/alerts": ["?state=open"],
};

const keyFor = ({ operation: { security } }: Route): Record<string, string> => {
	if (security.length === 0) return {};
	return { authorization: `Bearer ${security[0]?.["operator"] ? OPERATOR_KEY : collector.site.secretKey}` };
};

async function replyOf(route: Route, address: string): Promise<Reply> {
	const { method, path } = route;
	const response = await collector.fetch(address, { method, headers: keyFor(route) });
	const type = response.headers.get("content-type")?.split(";")[0] ?? "";
	const isJson = /^application\/(?:problem\+)?json$/.test(type);
	// Of a text its beginning: all that the document says of it is that it is one.
	const body = isJson ? await response.json() : (await response.text()).slice(0, 100);
	return { method, path, status: response.status, type, body };
}

test("every reply to a GET is what the document says of it, and nothing more", async () => {
	const replies = await Promise.all(
		routes
			.filter(({ method }) => method === "GET")
			.flatMap((route) =>
				[addressOf(route.path), ...(OTHERWISE[route.path] ?? []).map((query) => route.path + query)].map((address) =>
					replyOf(route, address),
				),
			),
	);
	expect(replies.filter(({ status, path }) => status !== 200 && path !== "/badge/{file}")).toEqual([]);
	const empty = replies.flatMap(({ path, body }) =>
		Object.entries(Object(body)).flatMap(([name, list]) => (Array.isArray(list) && list.length === 0 ? [`${path} ${name}`] : [])),
	);
	expect(empty).toEqual([]);
	const table = await collector.owner("/v1/scores", { headers: { accept: "text/csv" } });
	expect(table.headers.get("content-type")).toContain("text/csv");
	replies.push({ method: "GET", path: "/v1/scores", status: 200, type: "text/csv", body: await table.text() });
	expect(await undocumented(document, replies)).toEqual([]);
});

test("a reply with a field too many, one too few or one of another type would be found", async () => {
	const get = { method: "GET", path: "/v1/site", status: 200, type: "application/json" };
	const body = await (await collector.owner("/v1/site")).json();
	const { origins: _, ...short } = body;
	const found = await undocumented(document, [
		{ ...get, body },
		{ ...get, body: { ...body, more: 1 } },
		{ ...get, body: short },
		{ ...get, body: { ...body, created_at: "yesterday" } },
		{ ...get, status: 418, body },
	]);
	expect(found).toEqual([
		"GET /v1/site: 418 application/json",
		expect.stringContaining("reply-1"),
		expect.stringContaining("reply-2"),
		expect.stringContaining("reply-3"),
	]);
});

test("every door is the one that the document says", async () => {
	const keyOf = async (scopes: readonly string[]): Promise<TestSite> => {
		const response = await collector.owner("/v1/keys", { method: "POST", body: JSON.stringify({ name: "One", scopes }) });
		return { ...collector.site, secretKey: (await response.json()).secret_key };
	};
	const keys = new Map<string, { readonly all: TestSite; readonly only: TestSite }>();
	for (const scope of SCOPES)
		keys.set(scope, { only: await keyOf([scope]), all: await keyOf(SCOPES.filter((other) => other !== scope)) });
	for (const { method, path, operation } of routes) {
		const named = [method, path];
		// Of nothing there is: what is let in finds nothing to change.
		const address = path.replace(/\{\w+\}/g, "none");
		const send = async (as?: TestSite) => {
			const init = { method, ...(method === "POST" || method === "PATCH" ? { body: "[]" } : {}) };
			const response = await (as ? collector.owner(address, init, as) : collector.fetch(address, init));
			const { code = "", detail = "" } = response.ok ? {} : await response.json().catch(() => ({}));
			return { status: response.status, code, detail, door: response.headers.get("www-authenticate") };
		};
		const [needs = {}] = operation.security;
		if (operation.security.length === 0) expect([...named, (await send()).status === 401]).toEqual([...named, false]);
		else if (needs["operator"])
			expect([...named, (await send(collector.site)).door]).toEqual([...named, 'Bearer realm="Afterword operator"']);
		else {
			const [scope = ""] = needs["owner"] ?? [];
			const { all, only } = keys.get(scope) ?? { all: collector.site, only: collector.site };
			expect([...named, await send(all)]).toMatchObject([
				...named,
				{ status: 403, detail: `This needs a key with the scope ${scope}` },
			]);
			expect([...named, [401, 403].includes((await send(only)).status)]).toEqual([...named, false]);
		}
	}
});
