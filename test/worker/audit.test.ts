import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { logInTo } from "../harness/owner-session.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

const call = (method: string, path: string, body?: object, of?: TestSite) =>
	collector.owner(path, { method, headers: { "cf-ray": "8f1a" }, ...(body ? { body: JSON.stringify(body) } : {}) }, of);

interface Entry {
	readonly action: string;
	readonly object: string;
	readonly actor: string;
	readonly result: number;
}

const entries = async (of?: TestSite): Promise<Entry[]> => (await (await call("GET", "/v1/audit", undefined, of)).json()).entries;

test("whatever a key changes is noted with who, what, which and how it ended; reading is not", async () => {
	await call("GET", "/v1/site");
	await call("PATCH", "/v1/site", { name: "Renamed" });
	await call("PATCH", "/v1/surveys/nps", { sampling: 50 });
	await call("PATCH", "/v1/surveys/nps", { sampling: 500 });
	const made = await (await call("POST", "/v1/keys", { name: "Reader" })).json();
	await call("DELETE", `/v1/keys/${made.key.id}`);
	await call("DELETE", "/v1/customers/ann@example.com");
	await expect.poll(async () => (await entries()).length).toBe(7);
	const [, first, ...rest] = (await entries()).toReversed();
	expect(first).toMatchObject({
		actor: expect.stringMatching(/^\w{12}$/),
		action: "PATCH /v1/site",
		request: "8f1a",
		result: 200,
	});
	expect(rest.map(({ action, object, result }) => [action, object, result])).toEqual([
		["PATCH /v1/surveys/:survey", "nps", 200],
		["PATCH /v1/surveys/:survey", "nps", 400],
		["POST /v1/keys", "", 201],
		["DELETE /v1/keys/:id", made.key.id, 204],
		["DELETE /v1/customers/:customer", "", 200],
	]);
});

test("what is done on the owner's pages is noted under the visitor's own request", async () => {
	const owner = await logInTo(collector, collector.site, "/app/settings/keys");
	const before = (await entries()).length;
	await owner.post("/app/settings/keys", new URLSearchParams({ name: "Of the page", scopes: "scores:read" }), {
		"cf-ray": "9c2b",
	});
	await expect.poll(async () => (await entries()).length).toBe(before + 1);
	expect((await entries())[0]).toMatchObject({ action: "POST /v1/keys", request: "9c2b", result: 201 });
});

test("what a key may not do is noted too", async () => {
	const { secret_key } = await (await call("POST", "/v1/keys", { name: "Reader", scopes: ["scores:read"] })).json();
	const before = (await entries()).length;
	const reader = { ...collector.site, secretKey: secret_key };
	expect((await call("PATCH", "/v1/site", { name: "x" }, reader)).status).toBe(403);
	await expect.poll(async () => (await entries())[0]).toMatchObject({ action: "PATCH /v1/site", result: 403 });
	expect((await entries()).length).toBe(before + 1);
	expect((await call("GET", "/v1/audit", undefined, reader)).status).toBe(403);
});

test("what has not the form of a name of ours is not noted where one belongs: it may be a key, or an address", async () => {
	const before = (await entries()).length;
	const wrong = ["keys", "responses", "signing-secrets", "surveys"].flatMap((kind) =>
		[collector.site.secretKey, "ann@example.com", "+390612345678", "Ann Smith"].map(
			(name) => `/v1/${kind}/${encodeURIComponent(name)}`,
		),
	);
	for (const path of wrong) await call(path.includes("surveys") ? "PATCH" : "DELETE", path, {});
	await call("DELETE", "/v1/responses/0123456789abcdef0123456789abcdef");
	const noted = async () => (await entries()).slice(0, -before);
	await expect
		.poll(async () => (await noted()).map(({ object }) => object).join())
		.toMatch(/^0123456789abcdef0123456789abcdef,{16}$/);
	expect((await noted()).every(({ result }) => [400, 404].includes(result))).toBe(true);
});

test("what the operator does for a site is noted there: that it is made, and a link into its pages", async () => {
	const site = await collector.makeSite();
	const link = async (of: string | null) =>
		(await collector.operator("/v1/login-links", { method: "POST", body: JSON.stringify({ site: of }) })).status;
	expect([await link(site.id), await link(null), await link("nobody")]).toEqual([201, 201, 404]);
	const noted = async () =>
		(await entries(site)).map(({ actor, action, object, result }) => [action, actor, object, result]).toSorted();
	await expect.poll(noted).toEqual([
		["POST /v1/login-links", "operator", "", 201],
		["POST /v1/sites", "operator", "", 201],
	]);
});

test("it names no person and no secret, and another site's is not in it", async () => {
	const rows = JSON.stringify((await collector.db.prepare("SELECT * FROM audit").all()).results);
	expect(rows).not.toMatch(/ann@example|aw_sk_|aw_pub_/);
	const other = await collector.makeSite();
	await expect.poll(() => entries(other)).toMatchObject([{ action: "POST /v1/sites" }]);
});
