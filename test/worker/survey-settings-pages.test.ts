import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { decoded, faultIn, formIn } from "../harness/form-in.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";
import { APP } from "../harness/session-tokens.ts";

let collector: TestCollector;
let owner: OwnerSession;
beforeAll(async () => {
	collector = await startCollector();
	owner = await logInTo(collector, "operator");
	await owner.post("/app/sites/open", { site: collector.site.id });
});
afterAll(() => collector.stop());

const read = async (path: string) => (await collector.owner(path)).json();
const change = (path: string, body: object, method = "PATCH") => collector.owner(path, { method, body: JSON.stringify(body) });
const html = async (path: string) => {
	const reply = await owner.get(path);
	expect([path, reply.status]).toEqual([path, 200]);
	return reply.text();
};
/** Fills in a page's form as it is shown, but for `changes`; null leaves a control out. */
const send = async (path: string, changes: Readonly<Record<string, string | readonly string[] | null>>, page = path) => {
	const form = formIn(await html(page), path);
	for (const [name, value] of Object.entries(changes)) {
		form.delete(name);
		for (const each of value === null ? [] : [value].flat()) form.append(name, each);
	}
	return owner.post(path, form);
};

/** What a page says before a shorter retention is kept. */
const SURE = "A longer time set later does not bring it back.";

/** Controls that have no place for what is none of their options. */
const SELECTS = /^default_survey$|^driver-\d-id$/;

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
		await change("/v1/site", whole);
		const before = await read("/v1/site");
		expect(before).toMatchObject(whole);
		expect((await send("/app/settings", {})).headers.get("location")).toBe("/app/settings?done");
		const { locales, ...after } = await read("/v1/site");
		expect(after).toEqual({ ...before, locales: undefined });
		expect([locales[0], [...locales].sort()]).toEqual(["he", ["ar", "en", "he"]]);
		expect(await html("/app/settings?done")).toContain("Saved.");
	});

	test("changes every field", async () => {
		const reply = await send("/app/settings", {
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
		expect(await read("/v1/site")).toMatchObject({
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
		["second address", { origins: "https://a.example\nhttps://b.example/shop" }, "origins", "Line 2 must be scheme://host"],
		["question", { default_survey: "nothing" }, "default_survey", "Must be one of"],
		["segment's key", { "segment-1-key": "Big Plan" }, "segment-1-key", "Must be a small letter"],
		["segment's reserved key", { "segment-1-key": "channel" }, "segment-1-key", "Must not be one of"],
		["segment's value", { "segment-0-values": "one\n\u202e" }, "segment-0-values", "Line 2 must be 1 to 64"],
		["segment named twice", { "segment-1-key": "level" }, "segment-1-key", "Must be named once."],
	] as const)(
		"says beside its field what is wrong with the %s, keeps what was typed, and stores nothing",
		async ([, wrong, name, fault]) => {
			const before = await read("/v1/site");
			const reply = await send("/app/settings", wrong);
			const page = await reply.text();
			expect(reply.status).toBe(400);
			expect(faultIn(page, name)).toContain(fault);
			expect(page).toContain(`href="#f-${name}"`);
			for (const [field, typed] of Object.entries(wrong).filter(([name]) => !SELECTS.test(name)))
				expect([field, formIn(page, "/app/settings").get(field)]).toEqual([field, typed]);
			expect(await read("/v1/site")).toEqual(before);
		},
	);
});

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
		await change("/v1/surveys/csat", { ...whole, same_question: true });
		const before = await read("/v1/surveys/csat");
		expect(before).toMatchObject(whole);
		expect((await send(path, {}, `${path}?locale=${locale}`)).headers.get("location")).toBe(`${path}?locale=${locale}&done`);
		expect(await read("/v1/surveys/csat")).toEqual(before);
	});

	test("changes every field, those of one language alone, and takes away what is emptied", async () => {
		const words = Object.fromEntries(Object.keys(whole.wording.en).map((name) => [name, ""]));
		const reply = await send(
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
		expect(await read("/v1/surveys/csat")).toMatchObject({
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
		const before = await read("/v1/surveys/csat");
		const reply = await send(path, wrong);
		const page = await reply.text();
		expect([reply.status, decoded(page)]).toEqual([400, expect.stringContaining(fault)]);
		expect(page).toContain(`href="#f-${name}"`);
		expect(page).toContain(`id="f-${name}"`);
		for (const [field, typed] of Object.entries(wrong).filter(([name]) => !SELECTS.test(name)))
			expect([field, formIn(page, path).get(field)]).toEqual([field, typed]);
		expect(await read("/v1/surveys/csat")).toEqual(before);
	});

	test("asks before a change makes a new version, and lets a typo be mended without one", async () => {
		const { version } = await read("/v1/surveys/ces");
		const ces = "/app/settings/surveys/ces";
		const asked = await send(ces, { question: "It was easi." });
		const page = await asked.text();
		expect([asked.status, (await read("/v1/surveys/ces")).wording]).toEqual([409, {}]);
		expect(page).toContain(`A new question: version ${version + 1} begins`);
		const typed = formIn(page, ces);
		expect(typed.get("question")).toBe("It was easi.");
		typed.set("decision", "new");
		expect((await owner.post(ces, typed)).status).toBe(303);
		expect(await read("/v1/surveys/ces")).toMatchObject({ version: version + 1, wording: { en: { question: "It was easi." } } });
		expect((await send(ces, { question: "It was easy.", decision: "same" })).status).toBe(303);
		expect(await read("/v1/surveys/ces")).toMatchObject({ version: version + 1, wording: { en: { question: "It was easy." } } });
		expect((await send(ces, { touchpoint: "help" })).status).toBe(303);
		const drawn = await send(ces, { metric: "csat", display: "faces", decision: "same" });
		expect([drawn.status, (await read("/v1/surveys/ces")).version]).toEqual([409, version + 1]);
		expect(await drawn.text()).not.toContain('value="same"');
	});

	test("of a survey there is not is no page", async () => {
		expect((await owner.get("/app/settings/surveys/nothing")).status).toBe(404);
	});
});

test("a new survey is made by a form, and its faults stand beside their fields", async () => {
	const path = "/app/settings/new-survey";
	const taken = await send(path, { slug: "nps", question: "Mine?" });
	expect([taken.status, faultIn(await taken.text(), "slug")]).toEqual([400, "Must not be another survey's."]);
	const made = await send(path, { slug: "returns", metric: "ces", question: "Easy to return?", touchpoint: "returns" });
	expect([made.status, made.headers.get("location")]).toEqual([303, "/app/settings/surveys/returns?made"]);
	expect(await read("/v1/surveys/returns")).toMatchObject({
		metric: "ces",
		touchpoint: "returns",
		wording: { en: { question: "Easy to return?" } },
	});
	expect(await html("/app/settings/surveys")).toContain("Easy to return?");
});

describe("a key", () => {
	const path = "/app/settings/keys";

	test("is made with the scopes that were ticked, shown once, and ended on a page that asks first", async () => {
		const made = await send(path, { name: "Reports <3", scopes: ["scores:read", "export"], expires_at: "2031-01-02" });
		const secret = /aw_sk_\w{38}/.exec(await made.text())?.[0] ?? "";
		expect(made.status).toBe(200);
		const { keys } = await read("/v1/keys");
		const key = keys.find(({ name }: { name: string }) => name === "Reports <3");
		expect(key).toMatchObject({
			scopes: ["scores:read", "export"],
			expires_at: "2031-01-02T23:59:59.000Z",
			hint: secret.slice(-4),
		});
		const opened = () => collector.owner("/v1/scores", {}, { ...collector.site, secretKey: secret });
		expect((await opened()).status).toBe(200);
		const list = await html(path);
		expect([list.includes(secret), list.includes("Reports &lt;3"), list.includes(`…${key.hint}`)]).toEqual([false, true, true]);
		const end = `${path}/${key.id}/end`;
		expect(await html(end)).toContain("This cannot be undone.");
		expect((await opened()).status).toBe(200);
		expect((await owner.post(end)).headers.get("location")).toBe(path);
		expect((await opened()).status).toBe(401);
		expect((await owner.get(end)).status).toBe(404);
	});

	test("that is not valid is not made, and its fault stands beside the field", async () => {
		const before = await read("/v1/keys");
		const unnamed = await send(path, { name: "", scopes: null });
		const page = await unnamed.text();
		expect([unnamed.status, faultIn(page, "name")]).toEqual([400, "Must have at least 1 character."]);
		expect(page).toContain("Must have at least 1 entry.");
		const past = await send(path, { name: "Past", expires_at: "2020-01-01" });
		expect([past.status, faultIn(await past.text(), "expires_at")]).toEqual([400, "Must be in the future."]);
		expect((await read("/v1/keys")).keys.length).toBe(before.keys.length);
	});

	test("without the scope to make keys sees no keys, and changes nothing without that to change settings", async () => {
		const { secret_key } = await (await change("/v1/keys", { name: "Reader", scopes: ["scores:read"] }, "POST")).json();
		const reader = await logInTo(collector, { ...collector.site, secretKey: secret_key } as TestSite, "/app/settings");
		expect((await reader.get(path)).status).toBe(403);
		expect((await reader.get("/app/settings/audit")).status).toBe(403);
		const before = await read("/v1/site");
		expect(
			(await reader.post("/app/settings", formIn(await (await reader.get("/app/settings")).text(), "/app/settings"))).status,
		).toBe(403);
		expect(await read("/v1/site")).toEqual(before);
	});
});

describe("signing", () => {
	const path = "/app/settings/signing";

	test("without a secret cannot be asked for", async () => {
		const reply = await send(path, { token_mode: "require" });
		expect([reply.status, (await reply.text()).includes("Must be off while the site has no signing secret.")]).toEqual([
			400,
			true,
		]);
		const days = await send(path, { token_days: "91" });
		expect([days.status, faultIn(await days.text(), "token_days")]).toEqual([400, "Must be at most 90."]);
	});

	test("has secrets, shown once, and the lines for this site without them", async () => {
		const made = await (await owner.post(`${path}/secrets`)).text();
		const secret = /aw_tx_\w{38}/.exec(made)?.[0] ?? "";
		const { secrets } = await read("/v1/signing-secrets");
		expect(secrets).toMatchObject([{ hint: secret.slice(-4) }]);
		expect(await read("/v1/site")).toMatchObject({ token_mode: "prefer" });
		const page = decoded(await html(path));
		expect(page).not.toContain(secret);
		for (const line of [
			`add_action('woocommerce_thankyou'`,
			`afterwordToken("${collector.site.publicKey}", "${secrets[0].kid}", process.env.AFTERWORD_SECRET`,
			`${collector.url}/w/${collector.site.publicKey}.js`,
			"def afterword_token(site, kid, secret, transaction, customer, created):",
			"{%- assign afterword_signature = afterword_message | hmac_sha256: afterword_secret -%}",
		])
			expect(page).toContain(line);
		expect((await send(path, { token_mode: "require", token_days: "60" })).status).toBe(303);
		expect(await read("/v1/site")).toMatchObject({ token_mode: "require", token_days: 60 });
		const end = `${path}/${secrets[0].kid}/end`;
		expect((await owner.post(end)).status).toBe(409);
		await send(path, { token_mode: "off" });
		expect(await html(end)).toContain("This cannot be undone.");
		expect((await owner.post(end)).status).toBe(303);
		expect((await read("/v1/signing-secrets")).secrets).toEqual([]);
	});
});

describe("a Shopify app", () => {
	const path = "/app/settings/signing/shopify";
	const app = { shop: APP.shop, client_id: APP.client_id, client_secret: ` ${APP.client_secret} ` };

	test("is added without its secret ever being shown, and ended on a page that asks first", async () => {
		expect(await html("/app/settings/signing")).toContain(`href="${path}"`);
		expect(await html(path)).toContain("No app yet.");
		expect((await send(path, app)).headers.get("location")).toBe(`${path}?done`);
		const { apps } = await read("/v1/shopify-apps");
		expect(apps).toMatchObject([{ shop: APP.shop, client_id: APP.client_id, hint: APP.client_secret.slice(-4) }]);
		const page = await html(`${path}?done`);
		expect([page.includes(APP.shop), page.includes(APP.client_secret)]).toEqual([true, false]);
		const end = `${path}/${apps[0].id}/end`;
		expect(await html(end)).toContain(`End the app of ${APP.shop}?`);
		expect((await read("/v1/shopify-apps")).apps).toEqual(apps);
		expect((await owner.post(end)).headers.get("location")).toBe(path);
		expect((await read("/v1/shopify-apps")).apps).toEqual([]);
		expect((await owner.get(end)).status).toBe(404);
	});

	test.for([
		["shop", { shop: "shop.example" }, "Must be the shop's permanent name"],
		["client_id", { client_id: "a b" }, "Must be the app's client ID."],
		["client_secret", { client_secret: "short" }, "Must be the app's client secret."],
	] as const)("is not added where its %s is wrong, which stands beside the field", async ([name, wrong, fault]) => {
		const reply = await send(path, { ...app, ...wrong });
		expect([reply.status, faultIn(await reply.text(), name)]).toEqual([400, expect.stringContaining(fault)]);
		expect((await read("/v1/shopify-apps")).apps).toEqual([]);
	});
});

describe("retention", () => {
	const path = "/app/settings/retention";
	const kept = async () => (await read("/v1/site")).retention;

	test("says what goes when and that counts stay, and is made longer at once", async () => {
		await change("/v1/site", { retention: { identities_months: 1, rows_months: 12 } });
		const page = await html(path);
		for (const line of ["After 1 month, what names a shopper goes", "After 12 months, the answer goes", "Counts stay for ever"])
			expect(page).toContain(line);
		expect((await send(path, {})).headers.get("location")).toBe(`${path}?done`);
		expect(await kept()).toEqual({ identities_months: 1, rows_months: 12 });
		expect((await send(path, { identities_months: "36", rows_months: "120" })).status).toBe(303);
		expect(await kept()).toEqual({ identities_months: 36, rows_months: 120 });
	});

	test.for([{ identities_months: "6" }, { rows_months: "40" }])("asks before %o takes away what is there", async (shorter) => {
		await change("/v1/site", { retention: { identities_months: 36, rows_months: 120 } });
		const asked = await send(path, shorter);
		const page = await asked.text();
		expect([asked.status, page.includes(SURE)]).toEqual([409, true]);
		expect(await kept()).toEqual({ identities_months: 36, rows_months: 120 });
		expect((await owner.post(path, formIn(page, path))).status).toBe(303);
		const [[name, months]] = Object.entries(shorter) as [[string, string]];
		expect(await kept()).toEqual({ identities_months: 36, rows_months: 120, [name]: Number(months) });
	});

	test.for([
		["identities_months", { identities_months: "0" }, "Must be at least 1."],
		["identities_months", { identities_months: "37" }, "Must be at most 36."],
		["identities_months", { identities_months: "" }, "Must be a number."],
		["rows_months", { rows_months: "121" }, "Must be at most 120."],
		["rows_months", { identities_months: "12", rows_months: "11" }, "Must be at least identities_months, 12."],
	] as const)("says beside its field what is wrong with %s of %o, and stores nothing", async ([name, wrong, fault]) => {
		const before = await kept();
		const reply = await send(path, wrong);
		const page = await reply.text();
		expect([reply.status, faultIn(page, name)]).toEqual([400, fault]);
		for (const [field, typed] of Object.entries(wrong)) expect([field, formIn(page, path).get(field)]).toEqual([field, typed]);
		expect(await kept()).toEqual(before);
	});
});

test("a baseline is set on a page that says what it means, and only with enough answers", async () => {
	const site = await collector.makeSite({ name: "Baselines", timezone: "UTC" });
	const mine = await logInTo(collector, site, "/app/settings");
	const path = "/app/settings/surveys/csat/baselines";
	expect(await (await mine.get(path)).text()).toContain("No baseline yet.");
	const few = await mine.post(path, { window: "30d" });
	expect([few.status, faultIn(await few.text(), "window")]).toEqual([400, "Must hold at least 30 answers to this version."]);
	await loadAsks(collector.db, { id: site.id, timezone: "UTC" }, madeUpAsks(2_000, 60, 5, Date.now()));
	const asked = await (await mine.get(`${path}/new?window=30d`)).text();
	expect(asked).toContain("The answers of 30d become what later scores are held against.");
	expect((await (await collector.owner("/v1/surveys/csat/baselines", {}, site)).json()).baselines).toEqual([]);
	expect((await mine.post(path, formIn(asked, path))).headers.get("location")).toBe(`${path}?done`);
	const { baselines } = await (await collector.owner("/v1/surveys/csat/baselines", {}, site)).json();
	expect(baselines).toMatchObject([{ status: "frozen", set_by: "owner", version: 1 }]);
	const page = await (await mine.get(`${path}?done`)).text();
	expect(page).toContain(`>${Math.round(baselines[0].value)}%<`);
	expect(page).toContain(`>${baselines[0].responses}<`);
});

test("the audit log is read page by page, and misses nothing of one moment", async () => {
	const site = await collector.makeSite({ name: "Audited" });
	const mine = await logInTo(collector, site, "/app/settings");
	const rows = Array.from({ length: 250 }, (_, i) => ({
		at: 1_700_000_000_000 + Math.floor(i / 90),
		id: `e${String(i).padStart(3, "0")}`,
	}));
	await collector.db
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
