import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await collector.owner("/v1/site", {
		method: "PATCH",
		body: JSON.stringify({ name: "Tea </script> & Co", locales: ["en", "ar"], segments: { plan: ["gold"] } }),
	});
	await collector.owner("/v1/surveys/nps", {
		method: "PATCH",
		body: JSON.stringify({
			wording: { en: { high: "Yes, {shop}!" } },
			drivers: [{ id: "price" }, { id: "tea", labels: { en: "The tea" } }],
		}),
	});
});
afterAll(() => collector.stop());

const file = (ending: string, init?: RequestInit) => collector.fetch(`/w/${collector.site.publicKey}${ending}`, init);

/** What the first line of a served file declares. */
async function firstLine(ending: string) {
	const [line = ""] = (await (await file(ending)).text()).split("\n");
	return JSON.parse(line.replace(/^\{?const __AFTERWORD__=/, "").replace(/;$/, ""));
}

test("the whole build comes with its site's settings and the words of its languages in the first line", async () => {
	const { settings, words } = await firstLine(".js");
	expect(settings).toMatchObject({
		site: collector.site.publicKey,
		origin: collector.url,
		locales: ["en", "ar"],
		survey: "csat",
		segments: ["plan"],
	});
	expect(settings.surveys.nps).toMatchObject({ version: 1, scale: [0, 10], askAgainDays: 90 });
	expect(words.en.question.nps).toBe("How likely are you to recommend Tea </script> & Co to a friend or colleague?");
	expect(words.en.ends.nps).toEqual(["Not at all likely", "Yes, Tea </script> & Co!"]);
	expect([words.en.direction, words.ar.direction]).toEqual(["ltr", "rtl"]);
});

test("the follow-up comes with its own words: the reasons of each survey in the owner's order", async () => {
	const { words } = await firstLine(".follow-up.js");
	expect(Object.entries(words.en.drivers.nps)).toEqual([
		["price", "Price"],
		["tea", "The tea"],
	]);
	expect(words.ar.drivers.nps.tea).toBe("The tea");
	expect(Object.keys(words.en.drivers).sort()).toEqual(["ces", "csat", "nps"]);
});

test("a shop's name cannot end the script it stands in", async () => {
	expect(await (await file(".js")).text()).not.toContain("</script>");
});

test("?lang= sends that language only, and one we do not ship sends the site's own", async () => {
	expect((await firstLine(".js?lang=ar")).settings).toMatchObject({ locales: ["ar"] });
	expect(Object.keys((await firstLine(".js?lang=ar")).words)).toEqual(["ar"]);
	expect(Object.keys((await firstLine(".js?lang=tlh")).words)).toEqual(["en", "ar"]);
});

test("the lazy build has what decides, its second file the rest and the words", async () => {
	expect(Object.keys(await firstLine(".lazy.js"))).toEqual(["settings"]);
	expect(Object.keys((await firstLine(".lazy.js")).settings.surveys.nps)).toEqual(["version", "askAgainDays"]);
	expect(Object.keys(await firstLine(".survey.js?lang=en"))).toEqual(["settings", "words"]);
	expect(Object.keys(await firstLine(".follow-up.js?lang=en"))).toEqual(["words"]);
});

test("every file may be loaded from any page, is kept for five minutes, and is not sent again unchanged", async () => {
	for (const ending of [".js", ".lazy.js", ".survey.js", ".follow-up.js"]) {
		const response = await file(ending);
		expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/javascript; charset=utf-8"]);
		expect(response.headers.get("access-control-allow-origin")).toBe("*");
		expect(response.headers.get("cache-control")).toContain("max-age=300, stale-while-revalidate");
		const tag = response.headers.get("etag") ?? "";
		expect((await file(ending, { headers: { "if-none-match": tag } })).status).toBe(304);
	}
});

test.for(["/w/aw_pub_0000000000000000000000.js", "/w/nothing.js", "/w/aw_pub_x.exe"])("%s is 404", async (path) => {
	expect((await collector.fetch(path)).status).toBe(404);
});
