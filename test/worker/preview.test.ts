import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { decoded } from "../harness/form-in.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

let collector: TestCollector;
let owner: OwnerSession;
beforeAll(async () => {
	collector = await startCollector();
	owner = await logInTo(collector, collector.site, "/app/settings");
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ locales: ["en", "ar"] }) });
	const inactive = { slug: "later", metric: "nps", active: false, ask_after_any_days: 60 };
	await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify(inactive) });
});
afterAll(() => collector.stop());

/** Everything the database holds but when a session was last used. */
const everything = async () => {
	const { results } = await collector.db
		.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name <> 'session'")
		.all<{ name: string }>();
	const tables = results.map(({ name }) => collector.db.prepare(`SELECT * FROM "${name}"`).all());
	return (await Promise.all(tables)).map(({ results }, i) => [i, results]);
};
let before: unknown;
beforeEach(async () => {
	before = await everything();
});
afterEach(async () => expect(await everything()).toEqual(before));

const preview = (query: Readonly<Record<string, string>>) => owner.get(`/app/preview?${new URLSearchParams(query)}`);
/** The script of a preview, and what it stands on. */
const scriptOf = async (query: Readonly<Record<string, string>>) => {
	const page = await (await preview(query)).text();
	const source = decoded(/<script async="" src="([^"]+)"/.exec(page)?.[1] ?? "");
	const script = await (await owner.get(source)).text();
	const [, line = "{}"] = /^\{const __AFTERWORD__=(.*?);\n/.exec(script) ?? [];
	return { page, source, script, ...JSON.parse(line) };
};

test("a page with a preview may hold frames of ours, the preview alone may stand in one", async () => {
	const policy = async (path: string) => (await owner.get(path)).headers.get("content-security-policy") ?? "";
	const shown = await policy("/app/preview?survey=csat");
	expect(shown).toContain("frame-ancestors 'self'");
	expect(shown).toContain("script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'");
	for (const path of ["/app/settings/surveys/csat", "/app/set-up/question"]) {
		const holder = await policy(path);
		expect([path, holder.includes("frame-src 'self'"), holder.includes("frame-ancestors 'none'")]).toEqual([path, true, true]);
	}
	for (const path of ["/app/settings", "/app/settings/keys", "/app/set-up/tag", "/app/"])
		expect([path, /frame-src|frame-ancestors 'self'/.test(await policy(path))]).toEqual([path, false]);
});

test("a preview needs a session", async () => {
	for (const path of [
		"/app/preview",
		`/app/preview/w/${collector.site.publicKey}.js`,
		`/app/preview/w/${collector.site.publicKey}.follow-up.js`,
	])
		expect([path, (await collector.fetch(path, { redirect: "manual" })).status]).toEqual([path, 303]);
});

test("the survey as it is kept is asked whenever somebody looks, its files and answers apart from the real ones", async () => {
	const { settings, words, script } = await scriptOf({ survey: "csat", locale: "en" });
	expect(settings).toMatchObject({ site: collector.site.publicKey, origin: `${collector.url}/app/preview` });
	expect(settings.surveys.csat).toMatchObject({ askAgainDays: 0, version: 1 });
	expect(words.en.question.csat).toBe("How satisfied are you with your order today?");
	expect(script).toContain("const localStorage=null,sessionStorage=null;");
	const followUp = await owner.get(`/app/preview/w/${collector.site.publicKey}.follow-up.js?lang=en`);
	expect([followUp.status, (await followUp.text()).includes('"Delivery options"')]).toEqual([200, true]);
	expect((await scriptOf({ survey: "later" })).settings.surveys).toHaveProperty("later");
});

test("a preview waits for no other survey, whatever is kept or typed", async () => {
	for (const form of [{}, { ask_after_any_days: "90" }])
		expect((await scriptOf({ survey: "later", ...form })).settings.surveys.later).toMatchObject({ askAfterAnyDays: 0 });
});

test("what a form has in it is shown as a change of it would be, and nothing is kept", async () => {
	const { source, settings, words } = await scriptOf({
		survey: "csat",
		locale: "ar",
		question: "سؤال {shop}؟",
		display: "faces",
		placement: "corner",
		active: "off",
		sampling: "1",
		"theme-accent": "#ffdd00",
		"accent-from": "own",
		"driver-0-id": "",
		"driver-0-label": "السبب",
		comment: "شيء آخر؟",
	});
	expect(source).toMatch(/^\/app\/preview\/[\w-]+\/w\/aw_pub_\w{22}\.js\?lang=ar$/);
	expect(settings.surveys.csat).toMatchObject({
		display: "faces",
		placement: "corner",
		theme: { "--afterword-accent": "#ffdd00", "--afterword-on-accent": "#000" },
		askAgainDays: 0,
		version: 2,
	});
	expect(settings.surveys.csat).not.toHaveProperty("sampling");
	expect([words.ar.question.csat, words.ar.direction]).toEqual(["سؤال Test shop؟", "rtl"]);
	const followUp = await owner.get(
		`${settings.origin.slice(collector.url.length)}/w/${collector.site.publicKey}.follow-up.js?lang=ar`,
	);
	const lent = await followUp.text();
	expect(lent).toContain('"reason":"السبب"');
	expect(lent).toContain("شيء آخر؟");
});

test("its page is in the language and direction of the question, and leads to the others with the same draft", async () => {
	const page = decoded(await (await preview({ survey: "csat", locale: "ar", low: "لا" })).text());
	expect(page).toContain('<html lang="ar" dir="rtl"');
	expect(page).toContain(`href="/app/preview?${new URLSearchParams({ survey: "csat", locale: "en", low: "لا" })}"`);
	expect(page).toContain("color-scheme");
});

test.for([
	[{ survey: "nps", display: "stars" }, 400, ">Scores as</a>: Must be numbers for nps."],
	[{ survey: "csat", goal: "900" }, 400, "Must be at most 100."],
	[{ survey: "csat", question: "x".repeat(201) }, 400, ">Question</a>: Must have at most 200 characters."],
	[{ survey: "csat", "driver-0-id": "weather" }, 400, "Must be given for a reason other than"],
	[{ survey: "nothing" }, 404, "Must be one of this site's surveys"],
] as const)("what is wrong with a draft is said in its place: %j", async ([query, status, fault]) => {
	const reply = await preview(query);
	const page = await reply.text();
	expect([reply.status, decoded(page).includes(fault), page.includes("<script")]).toEqual([status, true, false]);
	expect(reply.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
});

test("a sketch that is none, and a file there is not, are no page", async () => {
	const { publicKey } = collector.site;
	for (const path of [
		`e30/w/${publicKey}.js`,
		`!!/w/${publicKey}.js`,
		`w/${publicKey}.lazy.js`,
		"w/aw_pub_0000000000000000000000.js",
	])
		expect([path, (await owner.get(`/app/preview/${path}`)).status]).toEqual([path, 404]);
});

test("an answer is answered as the real one is, and kept nowhere", async () => {
	const send = (ask: unknown, path = "/app/preview/v1/responses") =>
		collector.fetch(path, { method: "POST", headers: { "content-type": "text/plain" }, body: JSON.stringify(ask) });
	for (const path of ["/app/preview/v1/responses", "/app/preview/e30/v1/responses"]) {
		const reply = await send(collector.ask({ comment: "Preview.", page: "no address" }), path);
		expect([reply.status, await reply.json()]).toEqual([201, { status: "stored", dropped: ["page"] }]);
	}
	const wrong = await send({ ...collector.ask(), score: 11 });
	expect([wrong.status, (await wrong.json()).field]).toEqual([400, "score"]);
	const nowhere = await send({ ...collector.ask(), site: "aw_pub_0000000000000000000000" });
	expect([nowhere.status, nowhere.headers.get("content-type")]).toEqual([
		404,
		expect.stringContaining("application/problem+json"),
	]);
	const large = await send({ ...collector.ask(), comment: "x".repeat(20_000) });
	expect(large.status).toBe(413);
});
