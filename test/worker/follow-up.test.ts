import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import type { FollowUpStrings } from "../../shared/widget-settings.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { faultIn, formIn } from "../harness/form-in.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

const REVIEWS = "https://reviews.example/write?shop=tea&from=thanks";
const LINK = { kind: "link", url: REVIEWS } as const;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	site = await collector.makeSite({ name: "Tea & Co" });
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ locales: ["en", "ar"] }) }, site);
});

const patch = (survey: string, changes: object) =>
	collector.owner(`/v1/surveys/${survey}`, { method: "PATCH", body: JSON.stringify(changes) }, site);
const read = async (survey: string) => (await collector.owner(`/v1/surveys/${survey}`, {}, site)).json();
const file = async (ending: string) => (await collector.fetch(`/w/${site.publicKey}${ending}`)).text();
/** What the widget is told is offered. */
const offers = async (survey: string, locale = "en") => {
	const [, line = "{}"] = /^const __AFTERWORD__=(.*?);\n/.exec(await file(`.follow-up.js?lang=${locale}`)) ?? [];
	const words: Record<string, FollowUpStrings> = JSON.parse(line).words;
	return words[locale]?.offers?.[survey];
};

test("a survey offers nothing after the thanks unless the owner says so, and its pages are sent nothing for it", async () => {
	expect((await read("nps")).follow_up).toEqual({});
	expect([await offers("nps"), (await file(".follow-up.js")).includes("noopener")]).toEqual([undefined, false]);
	const before = await file(".js");
	await patch("nps", { follow_up: { everyone: LINK } });
	expect(await file(".js")).toBe(before);
	expect((await file(".follow-up.js")).includes("noopener")).toBe(true);
});

test("each group of each metric is offered its own, everyone theirs beside it; the version stays", async () => {
	const nps = {
		everyone: LINK,
		promoters: LINK,
		passives: { ...LINK, labels: { ar: "اكتبوا لنا" } },
		detractors: { kind: "callback" },
	};
	expect(await (await patch("nps", { follow_up: nps })).json()).toMatchObject({ version: 1, follow_up: nps });
	const { review, contact, callback, request, requested } = LOCALES.en;
	expect(await offers("nps")).toEqual([
		{ from: 9, to: 10, link: [REVIEWS, review] },
		{ from: 7, to: 8, link: [REVIEWS, contact] },
		{ from: 0, to: 6, call: [callback, request, requested] },
		{ from: 0, to: 10, link: [REVIEWS, review] },
	]);
	expect((await offers("nps", "ar"))?.map(({ link }) => link?.[1])).toEqual([
		LOCALES.ar.review,
		"اكتبوا لنا",
		undefined,
		LOCALES.ar.review,
	]);
	await patch("csat", { follow_up: { satisfied: LINK, rest: { kind: "callback" } } });
	expect((await offers("csat"))?.map(({ from, to }) => [from, to])).toEqual([
		[3, 4],
		[0, 2],
	]);
	await patch("ces", { follow_up: { agree: LINK, rest: LINK } });
	expect((await offers("ces"))?.map(({ from, to, link }) => [from, to, link?.[1]])).toEqual([
		[4, 6, review],
		[0, 3, contact],
	]);
});

test("its words can be the owner's own", async () => {
	const own = {
		review: "Tell others",
		contact: "Write to {shop}",
		callback: "Where?",
		request: "Call me",
		requested: "We shall.",
	};
	const rules = { promoters: LINK, passives: LINK, detractors: { kind: "callback" } };
	await patch("nps", { follow_up: rules, wording: { en: own } });
	expect(await offers("nps")).toEqual([
		{ from: 9, to: 10, link: [REVIEWS, "Tell others"] },
		{ from: 7, to: 8, link: [REVIEWS, "Write to Tea & Co"] },
		{ from: 0, to: 6, call: ["Where?", "Call me", "We shall."] },
	]);
});

test.for([
	["another metric's group", { satisfied: LINK }, "follow_up.satisfied"],
	["a group nobody has", { men: LINK }, "follow_up"],
	["an unencrypted link", { promoters: { ...LINK, url: "http://reviews.example/" } }, "follow_up.promoters.url"],
	["a script", { promoters: { ...LINK, url: "javascript:alert(1)" } }, "follow_up.promoters.url"],
	["a user name", { promoters: { ...LINK, url: "https://ann@reviews.example/" } }, "follow_up.promoters.url"],
	["a password", { promoters: { ...LINK, url: "https://ann:x@reviews.example/" } }, "follow_up.promoters.url"],
	["a space", { promoters: { ...LINK, url: "https://reviews.example/a b" } }, "follow_up.promoters.url"],
	["what is not seen", { promoters: { ...LINK, url: "https://reviews.example/\u202e" } }, "follow_up.promoters.url"],
	["a backslash", { promoters: { ...LINK, url: "https:\\\\reviews.example" } }, "follow_up.promoters.url"],
	["no host", { promoters: { ...LINK, url: "https:///write" } }, "follow_up.promoters.url"],
	["no link", { promoters: { kind: "link" } }, "follow_up.promoters.url"],
	["too long a link", { promoters: { ...LINK, url: `https://reviews.example/${"x".repeat(500)}` } }, "follow_up.promoters.url"],
	["a label in no language", { promoters: { ...LINK, labels: { xx: "Hm" } } }, "follow_up.promoters.labels"],
	["another kind", { promoters: { kind: "coupon" } }, "follow_up.promoters.kind"],
	["a call back twice", { everyone: { kind: "callback" }, detractors: { kind: "callback" } }, "follow_up.detractors.kind"],
] as const)("%s is refused by name, and changes nothing", async ([, rules, field]) => {
	const reply = await patch("nps", { follow_up: rules });
	const { errors } = await reply.json();
	expect([
		reply.status,
		errors.map((fault: { field: string }) => fault.field).some((at: string) => at.startsWith(field)),
	]).toEqual([400, true]);
	expect((await read("nps")).follow_up).toEqual({});
});

test("with another metric go the rules of groups that it does not have", async () => {
	await patch("csat", { follow_up: { everyone: LINK, satisfied: LINK, rest: { kind: "callback" } } });
	await patch("csat", { metric: "ces" });
	expect((await read("csat")).follow_up).toEqual({ everyone: LINK, rest: { kind: "callback" } });
	await patch("csat", { metric: "nps" });
	expect((await read("csat")).follow_up).toEqual({ everyone: LINK });
});

describe("the settings page", () => {
	const path = "/app/settings/surveys/nps";
	let owner: OwnerSession;
	beforeEach(async () => {
		owner = await logInTo(collector, site, path);
	});
	/** Sends the form as it is shown, but for what is named. */
	const save = async (changes: Readonly<Record<string, string>>, at = path) => {
		const form = formIn(await (await owner.get(at)).text(), path);
		for (const [name, value] of Object.entries(changes)) form.set(name, value);
		return owner.post(path, form);
	};

	test("sets a rule for each group and for everyone, keeps other languages' labels, and takes them away", async () => {
		await save({
			"after-everyone-kind": "link",
			"after-everyone-url": REVIEWS,
			"after-everyone-label": "Tell others",
			"after-detractors-kind": "callback",
		});
		await save({ "after-everyone-label": "أخبر الآخرين" }, `${path}?locale=ar`);
		const whole = {
			everyone: { ...LINK, labels: { en: "Tell others", ar: "أخبر الآخرين" } },
			detractors: { kind: "callback" },
		};
		expect((await read("nps")).follow_up).toEqual(whole);
		expect((await save({})).status).toBe(303);
		expect((await read("nps")).follow_up).toEqual(whole);
		await save({ "after-everyone-kind": "none", "after-detractors-kind": "none" });
		expect(await read("nps")).toMatchObject({ follow_up: {}, version: 1 });
	});

	test("says beside its field what is wrong, and keeps what was typed", async () => {
		const reply = await save({ "after-promoters-kind": "link", "after-promoters-url": "http://reviews.example" });
		const page = await reply.text();
		expect([reply.status, faultIn(page, "after-promoters-url")]).toEqual([
			400,
			"Must begin with https:// and contain no spaces, user name or password.",
		]);
		expect(formIn(page, path).get("after-promoters-url")).toBe("http://reviews.example");
		expect((await read("nps")).follow_up).toEqual({});
	});

	test("says plainly what a review link for some alone means", async () => {
		const page = await (await owner.get(path)).text();
		for (const said of ["may be shown to everyone", "review gating", "the law"]) expect(page).toContain(said);
	});

	test("shows it in the preview before it is kept", async () => {
		const query = new URLSearchParams({ survey: "nps", locale: "en", "after-detractors-kind": "callback" });
		const page = await (await owner.get(`/app/preview?${query}`)).text();
		const source = /<script async="" src="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const followUp = await (await owner.get(source.replace(".js?", ".follow-up.js?"))).text();
		expect(followUp).toContain(LOCALES.en.callback);
		expect((await read("nps")).follow_up).toEqual({});
	});
});
