import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calledIn, decoded, faultIn, formIn } from "../harness/form-in.ts";
import { logInTo } from "../harness/owner-session.ts";
import { openSettings, type SettingsRoom } from "../harness/settings-room.ts";

let settings: SettingsRoom;
beforeAll(async () => {
	settings = await openSettings();
});
afterAll(() => settings.stop());

/** A control that has no place for what is none of its options. */
const SELECT = "default_survey";

/** What a page says before a shorter retention is kept. */
const SURE = "A longer time set later does not bring it back.";

describe("the site's form", () => {
	const whole = {
		name: 'Tea & "Co" <b>',
		timezone: "Asia/Tokyo",
		locale: "he",
		locales: ["he", "ar", "en"],
		default_survey: "nps",
		origins: ["https://tea.example", "https://*.tea.example:8443"],
		segments: { plan: ["gold", "silver & tin"], region: [] },
		ingest: "queue",
	};

	test("shows every field, and sent as it is shown changes nothing", async () => {
		await settings.change("/v1/site", whole);
		const before = await settings.read("/v1/site");
		expect(before).toMatchObject(whole);
		expect((await settings.send("/app/settings", {})).headers.get("location")).toBe("/app/settings?done");
		const { locales, ...after } = await settings.read("/v1/site");
		expect(after).toEqual({ ...before, locales: undefined });
		expect([locales[0], [...locales].sort()]).toEqual(["he", ["ar", "en", "he"]]);
		expect(await settings.html("/app/settings?done")).toContain("Saved.");
	});

	test("changes every field", async () => {
		const reply = await settings.send("/app/settings", {
			name: "Other",
			timezone: "Europe/Rome",
			locale: "en",
			locales: ["fr"],
			default_survey: "csat",
			origins: " https://a.example \r\n\r\nhttps://b.example",
			ingest: "direct",
			"segment-0-key": "level",
			"segment-0-values": "one\r\ntwo",
			"segment-1-key": "",
			"segment-1-values": "",
		});
		expect(reply.status).toBe(303);
		expect(await settings.read("/v1/site")).toMatchObject({
			name: "Other",
			timezone: "Europe/Rome",
			locale: "en",
			locales: ["en", "fr"],
			default_survey: "csat",
			origins: ["https://a.example", "https://b.example"],
			ingest: "direct",
			segments: { level: ["one", "two"] },
		});
	});

	test.for([
		["name", { name: "" }, "name", "Must have at least 1 character."],
		["time zone", { timezone: "Mars/Olympus" }, "timezone", "Must be a time zone's IANA name, such as Europe/Rome."],
		[
			"addresses",
			{ origins: "https://a.example\nhttps://b.example/shop\nc.example" },
			"origins",
			"https://*.shop.example, in small letters and without a path.<br/>Line 3 must be an address such as https://shop.example",
		],
		["question", { default_survey: "nothing" }, "default_survey", "Must be one of"],
		["segment's key", { "segment-1-key": "Big Plan" }, "segment-1-key", "Must be a small letter"],
		["segment's reserved key", { "segment-1-key": "channel" }, "segment-1-key", "Must not be one of"],
		["segment's value", { "segment-0-values": "one\n\u202e" }, "segment-0-values", "Line 2 must be 1 to 64"],
		["segment named twice", { "segment-1-key": "level" }, "segment-1-key", "Must be named once."],
	] as const)(
		"says beside its field what is wrong with the %s, keeps what was typed, and stores nothing",
		async ([, wrong, name, fault]) => {
			const before = await settings.read("/v1/site");
			const reply = await settings.send("/app/settings", wrong);
			const page = await reply.text();
			expect(reply.status).toBe(400);
			expect(faultIn(page, name)).toContain(fault);
			const { listed, label } = calledIn(page, name);
			expect([listed, label]).toEqual([label, expect.any(String)]);
			for (const [field, typed] of Object.entries(wrong).filter(([name]) => name !== SELECT))
				expect([field, formIn(page, "/app/settings").get(field)]).toEqual([field, typed]);
			expect(await settings.read("/v1/site")).toEqual(before);
		},
	);
});

describe("retention", () => {
	const path = "/app/settings/retention";
	const kept = async () => (await settings.read("/v1/site")).retention;

	test("says what goes when and that counts stay, and is made longer at once", async () => {
		await settings.change("/v1/site", { retention: { identities_months: 1, rows_months: 12 } });
		const page = await settings.html(path);
		for (const line of ["After 1 month, what names a shopper goes", "After 12 months, the answer goes", "Counts stay for ever"])
			expect(page).toContain(line);
		expect((await settings.send(path, {})).headers.get("location")).toBe(`${path}?done`);
		expect(await kept()).toEqual({ identities_months: 1, rows_months: 12 });
		expect((await settings.send(path, { identities_months: "36", rows_months: "120" })).status).toBe(303);
		expect(await kept()).toEqual({ identities_months: 36, rows_months: 120 });
	});

	test.for([{ identities_months: "6" }, { rows_months: "40" }])("asks before %o takes away what is there", async (shorter) => {
		await settings.change("/v1/site", { retention: { identities_months: 36, rows_months: 120 } });
		const asked = await settings.send(path, shorter);
		const page = await asked.text();
		expect([asked.status, page.includes(SURE)]).toEqual([409, true]);
		expect(await kept()).toEqual({ identities_months: 36, rows_months: 120 });
		expect((await settings.owner.post(path, formIn(page, path))).status).toBe(303);
		const [[name, months]] = Object.entries(shorter) as [[string, string]];
		expect(await kept()).toEqual({ identities_months: 36, rows_months: 120, [name]: Number(months) });
	});

	test.for([
		["identities_months", { identities_months: "0" }, "Must be at least 1."],
		["identities_months", { identities_months: "37" }, "Must be at most 36."],
		["identities_months", { identities_months: "" }, "Must be a number."],
		["rows_months", { rows_months: "121" }, "Must be at most 120."],
		[
			"rows_months",
			{ identities_months: "12", rows_months: "11" },
			"Must be no fewer than those that it keeps its comment, customer, order and page.",
		],
	] as const)("says beside its field what is wrong with %s of %o, and stores nothing", async ([name, wrong, fault]) => {
		const before = await kept();
		const reply = await settings.send(path, wrong);
		const page = await reply.text();
		expect([reply.status, faultIn(page, name)]).toEqual([400, fault]);
		for (const [field, typed] of Object.entries(wrong)) expect([field, formIn(page, path).get(field)]).toEqual([field, typed]);
		expect(await kept()).toEqual(before);
	});
});

test("the audit log is read page by page, and misses nothing of one moment", async () => {
	const site = await settings.collector.makeSite({ name: "Audited" });
	const mine = await logInTo(settings.collector, site, "/app/settings");
	const rows = Array.from({ length: 250 }, (_, i) => ({
		at: 1_700_000_000_000 + Math.floor(i / 90),
		id: `e${String(i).padStart(3, "0")}`,
	}));
	await settings.collector.db
		.prepare(
			`INSERT INTO audit (site, at, id, actor, action, object, request, result)
			SELECT ?1, value ->> 'at', value ->> 'id', 'operator', 'PATCH /v1/site', value ->> 'id', '', '200' FROM json_each(?2)`,
		)
		.bind(site.id, JSON.stringify(rows))
		.run();
	const seen: string[] = [];
	let address = "/app/settings/audit";
	for (let pages = 0; pages < 5 && address; pages++) {
		const page = decoded(await (await mine.get(address)).text());
		seen.push(...Array.from(page.matchAll(/<code>(e\d{3})<\/code>/g), ([, id = ""]) => id));
		address = /href="(\/app\/settings\/audit\?cursor=[^"]+)"/.exec(page)?.[1] ?? "";
	}
	expect(seen).toEqual(rows.map(({ id }) => id).reverse());
	expect((await mine.get("/app/settings/audit?cursor=1")).status).toBe(400);
});
