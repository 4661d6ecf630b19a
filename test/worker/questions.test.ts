import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import { questionsReply } from "../../shared/question-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ settings: { name: "Tea & Co" } });
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) });
	await patch("/v1/site", { locales: ["en", "he"] });
	await patch("/v1/surveys/csat", { display: "stars", sampling: 40 });
	await patch("/v1/surveys/ces", { active: false });
	await patch("/v1/surveys/nps", {
		wording: { en: { question: "Would you send a friend to {shop}?", thanks: "Ta." } },
		drivers: [{ id: "price" }, { id: "tea", labels: { en: "The tea" } }],
	});
});
afterAll(() => collector.stop());

const read = (query = "", key = collector.site.publicKey) => collector.fetch(`/w/${key}/questions.json${query}`);
const questions = async (query = "") => questionsReply.parse(await (await read(query)).json());

test("a site's questions are there as data: version, scale and the owner's own words before ours", async () => {
	const { site, survey, locale, direction, surveys } = await questions();
	expect({ site, survey, locale, direction }).toEqual({
		site: collector.site.publicKey,
		survey: "csat",
		locale: "en",
		direction: "ltr",
	});
	expect(Object.keys(surveys).sort()).toEqual(["csat", "nps"]);
	expect(surveys["nps"]).toMatchObject({
		version: 2,
		metric: "nps",
		scale: [0, 10],
		display: "numbers",
		sampling: 100,
		ask_again_days: 90,
		question: "Would you send a friend to Tea & Co?",
		ends: ["Not at all likely", "Extremely likely"],
		drivers: [
			{ id: "price", label: "Price" },
			{ id: "tea", label: "The tea" },
		],
	});
	expect(surveys["nps"]?.words).toMatchObject({ thanks: "Ta.", dismiss: LOCALES.en.dismiss, refused: LOCALES.en.refused });
	expect(surveys["csat"]).toMatchObject({ version: 2, display: "stars", sampling: 40 });
	expect(surveys["csat"]?.ends).toEqual(["Very dissatisfied", ...LOCALES.en.levels, "Very satisfied"]);
});

test("how many days pass after any other survey is said as it holds, chosen or not", async () => {
	const said = async (changes: object) => {
		await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify(changes) });
		return (await questions()).surveys["nps"]?.ask_after_any_days;
	};
	expect((await questions()).surveys["nps"]?.ask_after_any_days).toBe(14);
	expect([await said({ ask_after_any_days: 60 }), await said({ ask_again_days: 0 })]).toEqual([60, 60]);
	expect([await said({ ask_after_any_days: null }), await said({ ask_again_days: 90 })]).toEqual([0, 14]);
});

test("the first wanted language that the site offers is sent, else its own", async () => {
	expect(await questions("?wanted=fr,he-IL,en")).toMatchObject({ locale: "he", direction: "rtl" });
	expect((await questions("?wanted=he")).surveys["csat"]?.question).toBe(LOCALES.he.question.csat);
	expect(await questions("?wanted=fr")).toMatchObject({ locale: "en" });
	expect(await questions("?lang=ar")).toMatchObject({ locale: "ar" });
});

test("any page may read it, it is kept for five minutes, and what has not changed is not sent again", async () => {
	const reply = await read();
	expect(reply.headers.get("access-control-allow-origin")).toBe("*");
	expect(reply.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
	expect(reply.headers.get("cache-control")).toContain("max-age=300");
	const same = await collector.fetch(`/w/${collector.site.publicKey}/questions.json`, {
		headers: { "if-none-match": reply.headers.get("etag") ?? "" },
	});
	expect(same.status).toBe(304);
});

test("a key that is none, or no site's, is 404", async () => {
	for (const key of ["nothing", `${collector.site.publicKey.slice(0, -1)}_`, "x".repeat(40)])
		expect([key, (await read("", key)).status]).toEqual([key, 404]);
});

test("an ask made of nothing but this is taken", async () => {
	const { site, survey, locale, surveys } = await questions("?wanted=he");
	const { version = 0, scale = [0, 0], drivers = [] } = surveys[survey] ?? {};
	const ask = {
		...collector.ask({ score: scale[1], drivers: drivers.slice(0, 2).map(({ id }) => id) }),
		site,
		survey,
		version,
		locale,
	};
	const reply = await collector.send(ask);
	expect([reply.status, await reply.json()]).toEqual([201, { status: "stored" }]);
});
