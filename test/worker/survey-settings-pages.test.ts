import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { calledIn, decoded, faultIn, formIn } from "../harness/form-in.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { logInTo } from "../harness/owner-session.ts";
import { openSettings, type SettingsRoom } from "../harness/settings-room.ts";

let settings: SettingsRoom;
beforeAll(async () => {
	settings = await openSettings();
	await settings.change("/v1/site", { locales: ["en", "fr"] });
});
afterAll(() => settings.stop());

/** Controls that have no place for what is none of their options. */
const SELECTS = /^driver-\d-id$/;

describe("a survey's form", () => {
	const path = "/app/settings/surveys/csat";
	const whole = {
		touchpoint: "checkout",
		wording: {
			en: {
				question: "Happy with {shop}?",
				low: "No",
				high: "Yes",
				levels: ["two", "three", "four"],
				reasons: "Why?",
				comment: "More?",
				done: "Ready",
				dismiss: "Not now",
				saved: "Kept.",
				thanks: "Thanks.",
				waiting: "Later.",
				refused: "No.",
				answered: "Had it.",
				closed: "Closed.",
				script: "Script!",
				shared: "{value} of {responses}",
			},
			ar: { question: "سؤال؟" },
		},
		drivers: [
			{ id: "price" },
			{ id: "label", labels: { en: "The <label>", ar: "الملصق" } },
			{ id: "range", labels: { en: "Choice" } },
		],
		theme: { "--afterword-accent": "#0a6", "--afterword-font": "Georgia, serif", "--afterword-rare": "1px" },
		active: false,
		open_cases: false,
		display: "stars",
		placement: "corner",
		sampling: 40,
		ask_again_days: 11,
		goal: 82.5,
		benchmarks: [
			{ value: 80, source: "A club", year: 2025, country: "IT", url: "https://club.example/a?b=c&d=e" },
			{ value: -3.5, source: "B", year: 1999, country: "DE", url: null },
		],
		share_score: true,
	};

	test.for(["en", "ar", "fr"])("shows every field, and sent as it is shown in %s changes nothing", async (locale) => {
		await settings.change("/v1/surveys/csat", { ...whole, same_question: true });
		const before = await settings.read("/v1/surveys/csat");
		expect(before).toMatchObject(whole);
		expect((await settings.send(path, {}, `${path}?locale=${locale}`)).headers.get("location")).toBe(
			`${path}?locale=${locale}&done`,
		);
		expect(await settings.read("/v1/surveys/csat")).toEqual(before);
	});

	test("changes every field, those of one language alone, and takes away what is emptied", async () => {
		const words = Object.fromEntries(Object.keys(whole.wording.en).map((name) => [name, ""]));
		const reply = await settings.send(
			path,
			{
				...words,
				low: "Nein",
				"level-0": "",
				"level-1": "",
				"level-2": "",
				touchpoint: "returns",
				"driver-0-id": "",
				"driver-1-label": "",
				"driver-3-id": "",
				"driver-3-label": "Müsli & Brot",
				"theme-accent": "rgb(1,2,3)",
				"theme-rare": "",
				active: ["off", "on"],
				open_cases: ["off", "on"],
				share_score: "off",
				placement: "inline",
				sampling: "7",
				ask_again_days: "0",
				goal: "",
				"benchmark-0-value": "",
				"benchmark-0-source": "",
				"benchmark-0-year": "",
				"benchmark-0-country": "",
				"benchmark-0-url": "",
				"benchmark-2-value": "70,5",
				"benchmark-2-source": "C",
				"benchmark-2-year": "2026",
				"benchmark-2-country": "fr",
			},
			`${path}?locale=ar`,
		);
		expect(reply.status).toBe(303);
		expect(await settings.read("/v1/surveys/csat")).toMatchObject({
			touchpoint: "returns",
			wording: { en: whole.wording.en, ar: { low: "Nein" } },
			drivers: [
				{ id: "label", labels: { en: "The <label>" } },
				{ id: "range", labels: { en: "Choice" } },
				{ id: "musli-brot", labels: { ar: "Müsli & Brot" } },
			],
			theme: { "--afterword-accent": "rgb(1,2,3)", "--afterword-font": "Georgia, serif" },
			active: true,
			open_cases: true,
			share_score: false,
			placement: "inline",
			sampling: 7,
			ask_again_days: 0,
			goal: null,
			benchmarks: [whole.benchmarks[1], { value: 70.5, source: "C", year: 2026, country: "FR", url: null }],
		});
	});

	test.for([
		["sampling", { sampling: "" }, "sampling", "Must be a number."],
		["sampling", { sampling: "150" }, "sampling", "Must be at most 100."],
		["days after any other", { ask_after_any_days: "366" }, "ask_after_any_days", "Must be at most 365."],
		["days after any other", { ask_after_any_days: "soon" }, "ask_after_any_days", "Must be a number."],
		["goal", { goal: "high" }, "goal", "Must be a number."],
		["goal", { goal: "-1" }, "goal", "Must be 0 to 100 for csat."],
		["question", { question: "?".repeat(201) }, "question", "Must have at most 200 characters."],
		["levels", { "level-0": "a", "level-1": "", "level-2": "b" }, "level-1", "Must have at least 1 character."],
		["theme", { "theme-border": "red;}" }, "theme-border", "Must be one value of CSS"],
		["reason", { "driver-5-id": "weather" }, "driver-5-label", "Must be given for a reason other than"],
		["reason", { "driver-4-id": "range" }, "driver-4-id", "Must be named once."],
		[
			"benchmark",
			{ "benchmark-3-value": "1", "benchmark-3-country": "Italy" },
			"benchmark-3-country",
			"Must be two capital letters",
		],
		["display", { metric: "nps", display: "stars" }, "display", "Must be numbers for nps."],
	] as const)("says beside its field what is wrong with the %s, and stores nothing", async ([, wrong, name, fault]) => {
		const before = await settings.read("/v1/surveys/csat");
		const reply = await settings.send(path, wrong);
		const page = await reply.text();
		expect([reply.status, decoded(page)]).toEqual([400, expect.stringContaining(fault)]);
		const { listed, label } = calledIn(page, name);
		expect([listed, label]).toEqual([label, expect.any(String)]);
		for (const [field, typed] of Object.entries(wrong).filter(([name]) => !SELECTS.test(name)))
			expect([field, formIn(page, path).get(field)]).toEqual([field, typed]);
		expect(await settings.read("/v1/surveys/csat")).toEqual(before);
	});

	test("leaves the days after any other question empty until they are chosen, and once they are taken back", async () => {
		const name = "ask_after_any_days";
		const usual = async () =>
			/placeholder="(\d+)"/.exec(/<input[^>]*name="ask_after_any_days"[^>]*>/.exec(await settings.html(path))?.[0] ?? "")?.[1];
		const inForm = async () => formIn(await settings.html(path), path).get(name);
		expect(await inForm()).toBe("");
		expect(decoded(await settings.html(path))).toContain("Left empty: 14, or 0 where this question is asked at every order.");
		for (const [typed, kept] of [
			["60", 60],
			["0", 0],
			["", null],
		] as const) {
			expect((await settings.send(path, { [name]: typed })).status).toBe(303);
			expect([await inForm(), (await settings.read("/v1/surveys/csat"))[name]]).toEqual([typed, kept]);
		}
		await settings.change("/v1/surveys/csat", { ask_again_days: 0 });
		expect(await usual()).toBe("0");
		await settings.change("/v1/surveys/csat", { ask_again_days: 30 });
		expect(await usual()).toBe("14");
	});

	test("asks before a change makes a new version, and lets a typo be mended without one", async () => {
		const { version } = await settings.read("/v1/surveys/ces");
		const ces = "/app/settings/surveys/ces";
		const asked = await settings.send(ces, { question: "It was easi." });
		const page = await asked.text();
		expect([asked.status, (await settings.read("/v1/surveys/ces")).wording]).toEqual([409, {}]);
		expect(page).toContain(`A new question: version ${version + 1} begins`);
		const typed = formIn(page, ces);
		expect(typed.get("question")).toBe("It was easi.");
		typed.set("decision", "new");
		expect((await settings.owner.post(ces, typed)).status).toBe(303);
		expect(await settings.read("/v1/surveys/ces")).toMatchObject({
			version: version + 1,
			wording: { en: { question: "It was easi." } },
		});
		expect((await settings.send(ces, { question: "It was easy.", decision: "same" })).status).toBe(303);
		expect(await settings.read("/v1/surveys/ces")).toMatchObject({
			version: version + 1,
			wording: { en: { question: "It was easy." } },
		});
		expect((await settings.send(ces, { touchpoint: "help" })).status).toBe(303);
		const drawn = await settings.send(ces, { metric: "csat", display: "faces", decision: "same" });
		expect([drawn.status, (await settings.read("/v1/surveys/ces")).version]).toEqual([409, version + 1]);
		expect(await drawn.text()).not.toContain('value="same"');
	});

	test("of a survey there is not is no page", async () => {
		expect((await settings.owner.get("/app/settings/surveys/nothing")).status).toBe(404);
	});
});

test("a new survey is made by a form, and its faults stand beside their fields", async () => {
	const path = "/app/settings/new-survey";
	const taken = await settings.send(path, { slug: "nps", question: "Mine?" });
	expect([taken.status, faultIn(await taken.text(), "slug")]).toEqual([400, "Must not be another survey's."]);
	const made = await settings.send(path, { slug: "returns", metric: "ces", question: "Easy to return?", touchpoint: "returns" });
	expect([made.status, made.headers.get("location")]).toEqual([303, "/app/settings/surveys/returns?made"]);
	expect(await settings.read("/v1/surveys/returns")).toMatchObject({
		metric: "ces",
		touchpoint: "returns",
		wording: { en: { question: "Easy to return?" } },
	});
	expect(await settings.html("/app/settings/surveys")).toContain("Easy to return?");
});

test("a baseline is set on a page that says what it means, and only with enough answers", async () => {
	const site = await settings.collector.makeSite({ name: "Baselines", timezone: "UTC" });
	const mine = await logInTo(settings.collector, site, "/app/settings");
	const path = "/app/settings/surveys/csat/baselines";
	expect(await (await mine.get(path)).text()).toContain("No baseline yet.");
	const few = await mine.post(path, { window: "30d" });
	expect([few.status, faultIn(await few.text(), "window")]).toEqual([400, "Must hold at least 30 answers to this version."]);
	const asks = [...madeUpAsks(2_000, 60, 5, Date.now())].map((ask) =>
		ask.survey === "ces" && ask.status === "answered" ? { ...ask, score: 5 } : ask,
	);
	await loadAsks(settings.collector.db, { id: site.id, timezone: "UTC" }, asks);
	const today = dayOf(Date.now(), "UTC");
	for (const [window, fault] of [
		["last month", "Must be 7d, 30d, 90d"],
		[`${today}..${addDays(today, 9)}`, "Must not reach into days to come."],
		[`${addDays(today, -700)}..${addDays(today, -600)}`, "Must hold at least 30 answers to the present version."],
	] as const) {
		const unasked = await mine.get(`${path}/new?${new URLSearchParams({ window })}`);
		expect([unasked.status, faultIn(await unasked.text(), "window")]).toEqual([400, expect.stringContaining(fault)]);
	}
	const asked = await (await mine.get(`${path}/new?window=30d`)).text();
	const said = /The (\d+) answers from \d+ \w+ \d{4} to \d+ \w+ \d{4} become/.exec(asked)?.[1];
	expect((await (await settings.collector.owner("/v1/surveys/csat/baselines", {}, site)).json()).baselines).toEqual([]);
	expect((await mine.post(path, formIn(asked, path))).headers.get("location")).toBe(`${path}?done`);
	const { baselines } = await (await settings.collector.owner("/v1/surveys/csat/baselines", {}, site)).json();
	expect(baselines).toMatchObject([{ status: "frozen", set_by: "owner", version: 1, responses: Number(said) }]);
	const page = await (await mine.get(`${path}?done`)).text();
	expect(page).toContain(`>${Math.round(baselines[0].value)}%<`);
	expect(page).toContain(`>${baselines[0].responses}<`);
	expect(page).toContain("CSAT: share of answers 4 and 5 of 5.");
	const mean = path.replace("csat", "ces");
	await mine.post(mean, { window: "30d" });
	expect(await (await mine.get(mean)).text()).toContain(">5.0<");
});
