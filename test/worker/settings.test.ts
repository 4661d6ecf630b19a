import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPERATOR_KEY, SHOP, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

const body = (value: unknown, method = "POST") => ({ method, body: JSON.stringify(value) });
const withKey = (secretKey: string): TestSite => ({ ...collector.site, secretKey });

describe("a new site", () => {
	const make = (settings: unknown, key = OPERATOR_KEY) =>
		collector.fetch("/v1/sites", {
			...body(settings),
			headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		});

	test("has keys whose checksums hold, three surveys, and csat by default", async () => {
		const response = await make({ name: "Tea & Co", origins: ["https://tea.example"] });
		expect(response.status).toBe(201);
		const { site, secret_key } = await response.json();
		expect(site).toMatchObject({
			name: "Tea & Co",
			timezone: "UTC",
			locale: "en",
			locales: ["en"],
			default_survey: "csat",
			origins: ["https://tea.example"],
		});
		expect(site.public_key).toMatch(/^aw_pub_[0-9A-Za-z]{22}$/);
		expect(secret_key).toMatch(/^aw_sk_[0-9A-Za-z]{38}$/);
		const { surveys } = await (await collector.owner("/v1/surveys", {}, withKey(secret_key))).json();
		expect(surveys.map(({ slug, metric, version }: Record<string, unknown>) => [slug, metric, version])).toEqual([
			["ces", "ces", 1],
			["csat", "csat", 1],
			["nps", "nps", 1],
		]);
	});

	test.for([
		["no name", { origins: [] }, "name"],
		["a path in an origin", { name: "x", origins: ["https://a.example/shop"] }, "origins.0"],
		["an origin of all the world", { name: "x", origins: ["*"] }, "origins.0"],
		["a time zone there is not", { name: "x", origins: [], timezone: "Mars/Olympus" }, "timezone"],
		["a language we do not ship", { name: "x", origins: [], locale: "tlh" }, "locale"],
		["an unknown field", { name: "x", origins: [], colour: 1 }, "colour"],
	] as const)("with %s is refused by name", async ([, settings, field]) => {
		const response = await make(settings);
		expect([response.status, (await response.json()).field]).toEqual([400, field]);
	});

	test("is made by the operator only", async () => {
		expect((await make({ name: "x", origins: [] }, "not-the-operator")).status).toBe(401);
		expect((await make({ name: "x", origins: [] }, collector.site.secretKey)).status).toBe(401);
	});
});

describe("a site's settings", () => {
	test("change where they are named and stay where they are not", async () => {
		const before = await (await collector.owner("/v1/site")).json();
		const after = await (await collector.owner("/v1/site", body({ locale: "ar", name: "New name" }, "PATCH"))).json();
		expect(after).toEqual({ ...before, locale: "ar", locales: ["ar", "en"], name: "New name" });
		expect(await (await collector.owner("/v1/site")).json()).toEqual(after);
		await collector.owner("/v1/site", body({ locale: "en", locales: ["en"] }, "PATCH"));
	});

	test("changed by several at once lose none of it", async () => {
		const changes = [
			{ name: "Six" },
			{ timezone: "Asia/Tokyo" },
			{ default_survey: "nps" },
			{ origins: ["https://six.example"] },
			{ segments: { six: ["a"] } },
		];
		await Promise.all(changes.map((change) => collector.owner("/v1/site", body(change, "PATCH"))));
		expect(await (await collector.owner("/v1/site")).json()).toMatchObject(Object.assign({}, ...changes));
		await collector.owner("/v1/site", body({ default_survey: "csat", origins: [SHOP], segments: {} }, "PATCH"));
	});

	test("never hold a secret", async () => {
		expect(await (await collector.owner("/v1/site")).text()).not.toContain("aw_sk_");
	});

	test.for([
		["a default survey there is not", { default_survey: "nothing" }, "default_survey"],
		["a segment key of our own", { segments: { channel: ["page"] } }, "segments.channel"],
		["51 values of a segment", { segments: { plan: Array.from({ length: 51 }, (_, i) => `v${i}`) } }, "segments.plan"],
		["nine segment keys", { segments: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, ["a"]])) }, "segments"],
		["no language", { locales: [] }, "locales"],
		["its own public key", { public_key: "aw_pub_0000000000000000000000" }, "public_key"],
	] as const)("refuse %s by name", async ([, patch, field]) => {
		const response = await collector.owner("/v1/site", body(patch, "PATCH"));
		expect([response.status, (await response.json()).field]).toEqual([400, field]);
	});
});

describe("a survey", () => {
	const patch = async (slug: string, change: unknown) =>
		(await collector.owner(`/v1/surveys/${slug}`, body(change, "PATCH"))).json();

	test("gets a new version with another question in the main language or another metric, and with nothing else", async () => {
		await collector.owner("/v1/surveys", body({ slug: "versions", metric: "csat" }));
		expect(await patch("versions", { wording: { ar: { question: "سؤال آخر؟" } } })).toMatchObject({ version: 1 });
		expect(
			await patch("versions", { drivers: [{ id: "price" }], theme: { "--afterword-accent": "#0a6" }, ask_again_days: 7 }),
		).toMatchObject({ version: 1 });
		expect(await patch("versions", { wording: { en: { low: "Bad", high: "Good" } } })).toMatchObject({ version: 1 });
		expect(await patch("versions", { wording: { en: { question: "Hapy?" } } })).toMatchObject({ version: 2 });
		expect(await patch("versions", { wording: { en: { question: "Happy?" } }, same_question: true })).toMatchObject({
			version: 2,
		});
		expect(await patch("versions", { metric: "ces" })).toMatchObject({ version: 3, metric: "ces" });
	});

	test("changes nothing where the change would leave another version than the one expected", async () => {
		await collector.owner("/v1/surveys", body({ slug: "expected", metric: "csat" }));
		const before = await (await collector.owner("/v1/surveys/expected")).json();
		const change = { wording: { en: { question: "Other?" } }, goal: 90, expected_version: 1 };
		const refused = await collector.owner("/v1/surveys/expected", body(change, "PATCH"));
		expect([refused.status, (await refused.json()).field]).toEqual([409, "expected_version"]);
		expect(await (await collector.owner("/v1/surveys/expected")).json()).toEqual(before);
		expect(await patch("expected", { ...change, same_question: true })).toMatchObject({ version: 1, goal: 90 });
		expect(await patch("expected", { display: "stars", expected_version: 2 })).toMatchObject({ version: 2, display: "stars" });
	});

	test("changed by many at once has each question under a version of its own, and loses no change", async () => {
		await collector.owner("/v1/surveys", body({ slug: "busy", metric: "csat" }));
		const questions = Array.from({ length: 6 }, (_, i) => `Question ${i}?`);
		const made = await Promise.all([
			...questions.map((question) => patch("busy", { wording: { en: { question } } })),
			patch("busy", { goal: 80 }),
			patch("busy", { share_score: true }),
		]);
		const { results } = await collector.db
			.prepare("SELECT version, question, metric FROM survey_version WHERE survey = 'busy' ORDER BY version")
			.all<{ version: number; question: string }>();
		const kept = made.filter(({ version }) => version);
		expect(new Set(results.map(({ question }) => question)).size).toBe(results.length);
		expect(await (await collector.owner("/v1/surveys/busy")).json()).toMatchObject({
			version: results.length,
			goal: 80,
			share_score: true,
			wording: { en: { question: results.at(-1)?.question } },
		});
		expect(kept.length).toBeGreaterThan(0);
	});

	test("keeps what was asked under a version, in the language it was asked in", async () => {
		await collector.owner("/v1/surveys", body({ slug: "kept", metric: "csat", wording: { en: { question: "Happy?" } } }));
		await collector.owner("/v1/site", body({ locale: "ar" }, "PATCH"));
		await patch("kept", { goal: 50, same_question: true });
		await collector.owner("/v1/site", body({ locale: "en" }, "PATCH"));
		const row = await collector.db
			.prepare("SELECT question, locale FROM survey_version WHERE survey = 'kept' AND version = 1")
			.first();
		expect(row).toEqual({ question: "Happy?", locale: "en" });
	});

	test("of one's own can be asked and scored", async () => {
		await collector.owner(
			"/v1/surveys",
			body({ slug: "returns", metric: "ces", drivers: [{ id: "label", labels: { en: "The label" } }] }),
		);
		await collector.send(collector.ask({ survey: "returns", score: 5, drivers: ["label"] }));
		expect(await collector.score("returns")).toMatchObject({ value: 5, groups: { agree: 1, rest: 0 } });
	});

	test.for([
		["a name taken already", { slug: "nps", metric: "nps" }, 409, "slug"],
		["a metric there is not", { slug: "x", metric: "stars" }, 400, "metric"],
		["a name with a space", { slug: "my survey", metric: "nps" }, 400, "slug"],
		["a reason without words", { slug: "x", metric: "nps", drivers: [{ id: "weather" }] }, 400, "drivers.0.labels"],
		["a reason named twice", { slug: "x", metric: "nps", drivers: [{ id: "price" }, { id: "price" }] }, 400, "drivers.1.id"],
		["a theme that is no custom property of ours", { slug: "x", metric: "nps", theme: { color: "red" } }, 400, "theme.color"],
		[
			"a theme that leaves its value",
			{ slug: "x", metric: "nps", theme: { "--afterword-accent": "red;}body{display:none" } },
			400,
			"theme.--afterword-accent",
		],
	] as const)("with %s is refused by name", async ([, given, status, field]) => {
		const response = await collector.owner("/v1/surveys", body(given));
		expect([response.status, (await response.json()).field]).toEqual([status, field]);
	});
});

describe("an API key", () => {
	test("is shown once, and kept only as its hash", async () => {
		const { key, secret_key } = await (await collector.owner("/v1/keys", body({ name: "Reporting" }))).json();
		expect(key).toMatchObject({ name: "Reporting", scopes: ["scores:read"], hint: secret_key.slice(-4), expires_at: null });
		expect(await (await collector.owner("/v1/keys")).text()).not.toContain(secret_key);
		const { results } = await collector.db.prepare("SELECT * FROM api_key").all();
		expect(JSON.stringify(results)).not.toContain(secret_key);
	});

	test("does what its scopes say and nothing else", async () => {
		const { secret_key } = await (await collector.owner("/v1/keys", body({ name: "Scores" }))).json();
		const reader = withKey(secret_key);
		expect((await collector.owner("/v1/scores", {}, reader)).status).toBe(200);
		for (const [path, method] of [
			["/v1/responses", "GET"],
			["/v1/responses.csv", "GET"],
			["/v1/site", "PATCH"],
			["/v1/keys", "POST"],
			["/v1/customers/ann", "DELETE"],
		] as const) {
			const response = await collector.owner(path, { method }, reader);
			expect([path, response.status, (await response.json()).code]).toEqual([path, 403, "forbidden"]);
		}
	});

	test("cannot make one that may do more than itself", async () => {
		const { secret_key } = await (await collector.owner("/v1/keys", body({ name: "Keys", scopes: ["keys:write"] }))).json();
		const response = await collector.owner(
			"/v1/keys",
			body({ name: "More", scopes: ["keys:write", "export"] }),
			withKey(secret_key),
		);
		expect([response.status, (await response.json()).field]).toEqual([403, "scopes"]);
	});

	test("that was ended, has expired, or is mistyped opens nothing", async () => {
		const { key, secret_key } = await (await collector.owner("/v1/keys", body({ name: "Short" }))).json();
		const last = secret_key.endsWith("0") ? "1" : "0";
		expect((await collector.owner("/v1/scores", {}, withKey(secret_key.slice(0, -1) + last))).status).toBe(401);
		await collector.db.prepare("UPDATE api_key SET expires_at = 1 WHERE id = ?1").bind(key.id).run();
		expect((await collector.owner("/v1/scores", {}, withKey(secret_key))).status).toBe(401);
		await collector.db.prepare("UPDATE api_key SET expires_at = NULL WHERE id = ?1").bind(key.id).run();
		expect((await collector.owner("/v1/scores", {}, withKey(secret_key))).status).toBe(200);
		expect((await collector.owner(`/v1/keys/${key.id}`, { method: "DELETE" })).status).toBe(204);
		expect((await collector.owner("/v1/scores", {}, withKey(secret_key))).status).toBe(401);
	});

	test("makes none that outlives it", async () => {
		const soon = new Date(Date.now() + 3_600_000).toISOString();
		const { secret_key } = await (
			await collector.owner("/v1/keys", body({ name: "Brief", scopes: ["keys:write"], expires_at: soon }))
		).json();
		const response = await collector.owner("/v1/keys", body({ name: "Long", scopes: ["keys:write"] }), withKey(secret_key));
		expect([response.status, (await response.json()).field]).toEqual([403, "expires_at"]);
	});

	test("in the address opens nothing", async () => {
		expect((await collector.fetch(`/v1/scores?key=${collector.site.secretKey}`)).status).toBe(401);
	});

	test("notes the day it was last used on", async () => {
		const { keys } = await (await collector.owner("/v1/keys")).json();
		expect(keys[0].last_used).toBe(new Date().toISOString().slice(0, 10));
	});
});
