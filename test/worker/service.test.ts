import { afterAll, beforeAll, expect, test } from "vitest";
import { digestEventData } from "../../shared/digest-contract.ts";
import { EVENT_TYPES } from "../../shared/event-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

test("/healthz says ok and reads no database", async () => {
	const response = await collector.fetch("/healthz");
	expect([response.status, await response.json(), response.headers.get("x-rows-read")]).toEqual([200, { status: "ok" }, "0"]);
});

test("/openapi.json names every address with its parameters, bodies and answers, from the schemas", async () => {
	const document = await (await collector.fetch("/openapi.json")).json();
	expect(document.openapi).toMatch(/^3\.1/);
	expect(Object.keys(document.paths)).toEqual(
		expect.arrayContaining([
			"/v1/responses",
			"/v1/responses.csv",
			"/v1/scores",
			"/v1/customers/{customer}",
			"/w/{file}",
			"/v1/sites",
		]),
	);
	expect(Object.keys(document.components.schemas)).toEqual(
		expect.arrayContaining(["Ask", "Receipt", "Scores", "SurveyScore", "Problem"]),
	);
	expect(document.components.schemas.Ask.properties.score).toMatchObject({ type: "integer", minimum: 0, maximum: 10 });
	const { get } = document.paths["/v1/scores"];
	expect(get.parameters.map(({ name }: { name: string }) => name)).toEqual([
		"survey",
		"metric",
		"segment",
		"verified",
		"versions",
		"window",
	]);
	expect(Object.keys(get.responses)).toEqual(["200", "304", "400", "401", "403", "404", "503"]);
	expect(JSON.stringify(document)).not.toMatch(/"\$ref":"#\/\$defs/);
});

test("/openapi.json says of every event what it tells and how it is signed", async () => {
	const { webhooks, components } = await (await collector.fetch("/openapi.json")).json();
	expect(Object.keys(webhooks)).toEqual([...EVENT_TYPES]);
	for (const type of Object.keys(webhooks)) {
		const { properties } = webhooks[type].post.requestBody.content["application/json"].schema;
		const [, name = ""] = /^#\/components\/schemas\/(\w+)$/.exec(properties.data.$ref) ?? [];
		expect([type, properties.type.const]).toEqual([type, type]);
		expect([type, Object.keys(components.schemas[name].properties)]).toEqual([type, expect.arrayContaining(["site", "url"])]);
	}
	const named = new Set([...JSON.stringify({ webhooks, components }).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to = ""]) => to));
	for (const to of named)
		expect([to, components.schemas[to.replace("#/components/schemas/", "")]]).toEqual([to, expect.any(Object)]);
	expect(digestEventData.parse(webhooks["digest"].post.requestBody.content["application/json"].example.data)).toMatchObject({
		period: { kind: "week" },
	});
	expect(webhooks["answer.scored"].post.parameters.map(({ name }: { name: string }) => name)).toEqual([
		"webhook-id",
		"webhook-timestamp",
		"webhook-signature",
	]);
	expect(await (await collector.fetch("/docs")).text()).toMatch(/<h3><code>case\.opened<\/code><\/h3>[\s\S]*opened_by/);
});

test("/docs is a page under a strict policy, without a request elsewhere", async () => {
	const response = await collector.fetch("/docs");
	const html = await response.text();
	expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
	expect(html).toContain("/v1/customers/{customer}");
	expect(html).not.toMatch(/(?:src|href)="https?:/);
	expect((await collector.fetch("/docs.css")).headers.get("content-type")).toContain("text/css");
});

test("an address there is not is a problem of 404, a method it does not take one of 405", async () => {
	const missing = await collector.fetch("/v1/nothing");
	expect([missing.status, (await missing.json()).code]).toEqual([404, "not_found"]);
	const wrong = await collector.fetch("/v1/responses", { method: "PUT" });
	expect([wrong.status, (await wrong.json()).code, wrong.headers.get("allow")]).toEqual([405, "method_not_allowed", "GET, POST"]);
	expect((await collector.fetch("/demo/nothing")).status).toBe(404);
});

test("every answer forbids sniffing, referrers and framing by others", async () => {
	for (const path of ["/healthz", "/docs", "/v1/scores", "/v1/nothing", `/w/${collector.site.publicKey}.js`]) {
		const { headers } = await collector.fetch(path);
		expect([path, headers.get("x-content-type-options"), headers.get("referrer-policy")]).toEqual([
			path,
			"nosniff",
			"no-referrer",
		]);
		expect([path, headers.get("strict-transport-security")]).toEqual([path, expect.stringMatching(/^max-age=\d{8}/)]);
		expect([path, headers.get("cross-origin-resource-policy")]).toEqual([
			path,
			path.startsWith("/w/") ? "cross-origin" : "same-origin",
		]);
	}
	expect((await collector.owner("/v1/scores")).headers.get("cache-control")).toBe("private, no-store");
});

test("a database that fails is 503 with a time to try again, never a lost 201", async () => {
	await collector.db.prepare("ALTER TABLE ask RENAME TO ask_gone").run();
	const response = await collector.send(collector.ask());
	expect([response.status, (await response.json()).code]).toEqual([503, "unavailable"]);
	expect(Number(response.headers.get("retry-after"))).toBeGreaterThanOrEqual(30);
	expect(response.headers.get("access-control-allow-origin")).toBe("*");
	await collector.db.prepare("ALTER TABLE ask_gone RENAME TO ask").run();
	expect((await collector.send(collector.ask())).status).toBe(201);
});
