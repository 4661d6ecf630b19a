import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ settings: { name: "Tea & Co" } });
});
afterAll(() => collector.stop());
beforeEach(() =>
	patch("csat", { active: true, display: "numbers", placement: "inline", sampling: 100, wording: {}, same_question: true }),
);

const patch = (survey: string, changes: object) =>
	collector.owner(`/v1/surveys/${survey}`, { method: "PATCH", body: JSON.stringify(changes) });

/** What the first line of a served file declares, and the rest of the file. */
async function served(ending: string) {
	const [line = "", ...rest] = (await (await collector.fetch(`/w/${collector.site.publicKey}${ending}`)).text()).split("\n");
	return { ...JSON.parse(line.replace(/^\{?const __AFTERWORD__=/, "").replace(/;$/, "")), code: rest.join("\n") };
}

test("a survey is asked of everybody, in the page, in numbers, until the owner says otherwise", async () => {
	const survey = await (await collector.owner("/v1/surveys/nps")).json();
	expect(survey).toMatchObject({ active: true, display: "numbers", placement: "inline", sampling: 100 });
	const { settings } = await served(".js");
	expect(Object.keys(settings.surveys.nps)).toEqual(["version", "scale", "askAgainDays"]);
});

test("what is as the owner set it reaches the widget", async () => {
	const changed = await patch("csat", { display: "stars", placement: "corner", sampling: 25 });
	expect(await changed.json()).toMatchObject({ display: "stars", placement: "corner", sampling: 25 });
	const { settings, words, code } = await served(".js");
	expect(settings.surveys.csat).toMatchObject({ display: "stars", placement: "corner", sampling: 25 });
	expect(words.en.ends.csat).toEqual(["Very dissatisfied", ...LOCALES.en.levels, "Very satisfied"]);
	expect(code).toContain("__AFTERWORD__.picture=");
	await patch("csat", { display: "numbers" });
	expect((await served(".js")).code).not.toContain("__AFTERWORD__.picture=");
});

test("another display is another question: a new version; the old one's answers are still taken", async () => {
	const { version } = await (await patch("csat", { display: "faces" })).json();
	expect((await (await patch("csat", { placement: "corner", sampling: 10 })).json()).version).toBe(version);
	const reply = await collector.send(collector.ask({ survey: "csat", version: version - 1, score: 4 }));
	expect(reply.status).toBe(201);
});

test.for([
	["nps", { display: "stars" }, "display"],
	["csat", { display: "hearts" }, "display"],
	["csat", { placement: "popup" }, "placement"],
	["csat", { sampling: 0 }, "sampling"],
	["csat", { sampling: 12.5 }, "sampling"],
	["csat", { ask_after_any_days: -1 }, "ask_after_any_days"],
	["csat", { ask_after_any_days: 366 }, "ask_after_any_days"],
	["csat", { ask_after_any_days: 1.5 }, "ask_after_any_days"],
	["csat", { ask_after_any_days: "14" }, "ask_after_any_days"],
	["csat", { active: "yes" }, "active"],
	["csat", { wording: { en: { farewell: "Bye" } } }, "wording.en.farewell"],
	["csat", { wording: { en: { levels: ["a", "b"] } } }, "wording.en.levels"],
] as const)("%s %j is refused by name", async ([survey, changes, field]) => {
	const response = await patch(survey, changes);
	expect([response.status, (await response.json()).field]).toEqual([400, field]);
});

test("the days after any other survey are the owner's or null, and stand in the line only where they are not 14", async () => {
	const lines = async (changes: object) => {
		expect(await (await patch("csat", changes)).json()).toMatchObject(changes);
		const both = await Promise.all([".js", ".lazy.js"].map(async (ending) => (await served(ending)).settings.surveys.csat));
		return both.map(({ askAgainDays, askAfterAnyDays }) => [askAgainDays, askAfterAnyDays]);
	};
	const twice = (...days: unknown[]) => [days, days];
	expect(await (await collector.owner("/v1/surveys/csat")).json()).toMatchObject({ ask_after_any_days: null });
	expect(await lines({ ask_after_any_days: 60 })).toEqual(twice(30, 60));
	expect(await lines({ ask_after_any_days: 14 })).toEqual(twice(30, undefined));
	expect(await lines({ ask_again_days: 0 })).toEqual(twice(0, undefined));
	expect(await lines({ ask_after_any_days: null })).toEqual(twice(0, 0));
	expect(await lines({ ask_again_days: 30 })).toEqual(twice(30, undefined));
	expect(await lines({ ask_after_any_days: 0 })).toEqual(twice(30, 0));
	await patch("csat", { ask_after_any_days: null });
});

test("a survey's own page waits for no other survey", async () => {
	await patch("csat", { ask_after_any_days: 60 });
	const text = await (await collector.fetch(`/s/${collector.site.publicKey}/csat.js`)).text();
	expect(text.split("\n")[0]).toContain('"askAgainDays":0,"askAfterAnyDays":0');
	await patch("csat", { ask_after_any_days: null });
});

test("a new survey is made with the days after any other", async () => {
	const given = { slug: "patient", metric: "ces", ask_after_any_days: 90 };
	const made = await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify(given) });
	expect([made.status, await made.json()]).toMatchObject([201, given]);
	const wrong = await collector.owner("/v1/surveys", {
		method: "POST",
		body: JSON.stringify({ ...given, slug: "more-patient", ask_after_any_days: 400 }),
	});
	expect([wrong.status, (await wrong.json()).field]).toEqual([400, "ask_after_any_days"]);
	await patch("patient", { active: false });
});

test("a survey that is not active is not sent to pages; an answer to it is still taken", async () => {
	await patch("csat", { active: false });
	const { settings, words } = await served(".js");
	expect([Object.keys(settings.surveys), Object.keys(words.en.question)]).toEqual([
		["ces", "nps"],
		["ces", "nps"],
	]);
	expect(Object.keys((await served(".follow-up.js")).words.en.drivers)).toEqual(["ces", "nps"]);
	const { version } = await (await collector.owner("/v1/surveys/csat")).json();
	expect((await collector.send(collector.ask({ survey: "csat", version, score: 2 }))).status).toBe(201);
});

test("every text can be the owner's own, in one language and for one survey, with the shop's name", async () => {
	const own = {
		question: "How was {shop}?",
		low: "Bad",
		high: "Good",
		levels: ["Poor", "Fair", "Fine"],
		reasons: "Why?",
		comment: "More?",
		done: "Send",
		dismiss: "Not now",
		saved: "Got it.",
		thanks: "Thanks from {shop}.",
		waiting: "Later.",
		refused: "No.",
		answered: "Twice.",
		closed: "Closed.",
		script: "Scripts, please.",
		shared: "{value} of {responses} like {shop}.",
	};
	await patch("csat", { display: "faces", share_score: true, wording: { en: own } });
	const { words } = await served(".js");
	expect(words.en.question.csat).toBe("How was Tea & Co?");
	expect(words.en.ends.csat).toEqual(["Bad", "Poor", "Fair", "Fine", "Good"]);
	expect(words.en.own).toEqual({ csat: { dismiss: "Not now", saved: "Got it." } });
	expect(words.en.dismiss).toBe(LOCALES.en.dismiss);
	const followUp = (await served(".follow-up.js")).words.en;
	const { reasons, comment, done, waiting, refused, answered } = own;
	expect(followUp.own).toEqual({
		csat: { reasons, comment, done, thanks: "Thanks from Tea & Co.", waiting, refused, answered },
	});
	expect(followUp.shared.csat).toBe("{value} of {responses} like Tea & Co.");
	const page = await (await collector.fetch(`/s/${collector.site.publicKey}/csat`)).text();
	expect([page.includes("Closed."), page.includes("Scripts, please.")]).toEqual([true, true]);
});

test("the origins that may ask are not to be read in the file", async () => {
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ origins: ["https://staging.secret.example"] }) });
	const text = await (await collector.fetch(`/w/${collector.site.publicKey}.js`)).text();
	expect(text).not.toContain("staging");
	expect((await served(".js")).settings.origins).toHaveLength(2);
});
