import { afterAll, beforeAll, expect, test } from "vitest";
import { OPERATOR_KEY, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { decoded, faultIn, formIn } from "../harness/form-in.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

let collector: TestCollector;
let operator: OwnerSession;
let made: TestSite;
beforeAll(async () => {
	collector = await startCollector();
	await collector.db.batch(
		["site", "survey", "survey_version", "api_key"].map((table) => collector.db.prepare(`DELETE FROM ${table}`)),
	);
	operator = await logInTo(collector, "operator", "/app/set-up");
});
afterAll(() => collector.stop());

const sites = async () => {
	const headers = { authorization: `Bearer ${OPERATOR_KEY}` };
	return (await (await collector.fetch("/v1/sites", { headers })).json()).sites;
};
const fill = async (path: string, changes: Readonly<Record<string, string>>) => {
	const form = formIn(await (await operator.get(path)).text(), path);
	for (const [name, value] of Object.entries(changes)) form.set(name, value);
	return operator.post(path, form);
};
const read = async (path: string) => (await collector.owner(path, {}, made)).json();

test("an operator without a site is led to set-up, from wherever", async () => {
	for (const [path, to] of [
		["/app/", "/app/sites"],
		["/app/settings", "/app/sites"],
		["/app/set-up/question", "/app/sites"],
		["/app/sites", "/app/set-up"],
	] as const) {
		const reply = await operator.get(path);
		expect([path, reply.status, reply.headers.get("location")]).toEqual([path, 303, to]);
	}
});

test.for([
	[{ name: "", origins: "https://tea.example" }, "name", "Must have at least 1 character."],
	[{ name: "Tea", origins: "tea.example" }, "origins", "Line 1 must be an address such as https://shop.example"],
	[{ name: "Tea", origins: "https://tea.example", timezone: "Nowhere" }, "timezone", "Must be a time zone's IANA name"],
] as const)("a site that is not valid is not made, and its fault stands beside its field: %j", async ([wrong, name, fault]) => {
	const reply = await fill("/app/set-up", wrong);
	const page = await reply.text();
	expect([reply.status, faultIn(page, name)]).toEqual([400, expect.stringContaining(fault)]);
	expect(formIn(page, "/app/set-up").get("origins")).toBe(wrong.origins);
	expect(await sites()).toEqual([]);
});

test("the first step makes the site, shows its key once, opens it, and shows the second", async () => {
	const form = {
		name: "Tea & Co",
		origins: "https://tea.example https://www.tea.example",
		timezone: "Europe/Rome",
		locale: "it",
	};
	const reply = await fill("/app/set-up", form);
	const page = await reply.text();
	const secretKey = /aw_sk_\w{38}/.exec(page)?.[0] ?? "";
	const [site] = await sites();
	made = { id: site.id, publicKey: site.public_key, secretKey };
	expect(site).toMatchObject({
		name: "Tea & Co",
		timezone: "Europe/Rome",
		locale: "it",
		origins: ["https://tea.example", "https://www.tea.example"],
		last_30_days: { shown: 0, answered: 0 },
	});
	expect((await read("/v1/site")).name).toBe("Tea & Co");
	expect(formIn(page, "/app/set-up/question").get("survey")).toBe("csat");
	expect(page).toContain('<iframe name="preview"');
	expect((await operator.get("/app/")).status).toBe(200);
	expect(await (await operator.get("/app/set-up/question")).text()).not.toContain("aw_sk_");
});

test("sent twice, it makes one site", async () => {
	const reply = await fill("/app/set-up", { name: "Tea & Co", origins: "https://tea.example" });
	expect([reply.status, faultIn(await reply.text(), "name")]).toEqual([400, "Must not be that of another site here."]);
	expect((await sites()).length).toBe(1);
});

test("the second step keeps the question and its look; while nobody has seen it, its first version stays", async () => {
	const path = "/app/set-up/question";
	const wrong = await fill(path, { question: "x".repeat(201) });
	expect([wrong.status, faultIn(await wrong.text(), "question")]).toEqual([400, "Must have at most 200 characters."]);
	const reply = await fill(path, {
		survey: "nps",
		question: "Ci consiglieresti?",
		"csat-display": "stars",
		"accent-from": "own",
		"theme-accent": "#ffdd00",
		placement: "corner",
	});
	expect([reply.status, reply.headers.get("location")]).toEqual([303, "/app/set-up/tag"]);
	expect((await read("/v1/site")).default_survey).toBe("nps");
	expect(await read("/v1/surveys/nps")).toMatchObject({
		version: 1,
		display: "numbers",
		placement: "corner",
		wording: { it: { question: "Ci consiglieresti?" } },
		theme: { "--afterword-accent": "#ffdd00", "--afterword-on-accent": "#000" },
	});
	const shown = formIn(await (await operator.get(path)).text(), path);
	expect(Object.fromEntries(shown)).toMatchObject({
		survey: "nps",
		question: "Ci consiglieresti?",
		"accent-from": "own",
		"theme-accent": "#ffdd00",
	});
	await fill(path, { "accent-from": "usual" });
	expect((await read("/v1/surveys/nps")).theme).toEqual({});
});

test("the third step has the tag of this site for each platform", async () => {
	const page = decoded(await (await operator.get("/app/set-up/tag")).text());
	const file = `${collector.url}/w/${made.publicKey}.js`;
	for (const line of [
		`<script async src="${file}" data-transaction="{{ order_number }}"></script>`,
		`esc_url('${file}')`,
		`afterword("ask", { purchase: "datalayer", placement: "corner" })`,
		`const FILE = "${file}";`,
		`${collector.url}/s/${made.publicKey}/nps?score=10&amp;locale=it&amp;transaction={{ order_number }}`,
		...["magento", "prestashop", "bigcommerce", "ecwid", "next"].map((folder) => `<code>examples/${folder}</code>`),
	])
		expect(page).toContain(line);
});

test("it waits until the first question was seen and the first answer received, with a script or without, never both", async () => {
	const waiting = async () => {
		const page = await (await operator.get("/app/set-up/tag")).text();
		return {
			refresh: /<meta http-equiv="refresh"/.test(page.replace(/<noscript>.*?<\/noscript>/gs, "")),
			refreshWithout: /<noscript><meta http-equiv="refresh" content="5"\/><\/noscript>/.test(page),
			live: /data-live="([^"]+)"/.exec(page)?.[1],
			page,
		};
	};
	const seen = async (stage: string) => (await operator.get(`/app/set-up/seen?stage=${stage}`)).json();
	const asks = (ask: object) => collector.send({ ...ask, site: made.publicKey }, { origin: "https://tea.example" });

	expect(await waiting()).toMatchObject({ refresh: false, refreshWithout: true, live: "/app/set-up/seen?stage=0" });
	expect(await seen("0")).toEqual({ text: expect.stringContaining("Waiting for the first question"), reload: false });
	expect((await asks(collector.ask({ status: "shown" }))).status).toBe(201);
	expect(await seen("0")).toEqual({ text: expect.stringContaining("First question seen"), reload: true });
	expect(await waiting()).toMatchObject({ live: "/app/set-up/seen?stage=1", refreshWithout: true });
	expect((await asks(collector.ask())).status).toBe(201);
	expect(await seen("1")).toEqual({ text: "First answer received", reload: true });
	const { page, refreshWithout, live } = await waiting();
	expect([refreshWithout, live, page.includes('First answer received. <a href="/app/">')]).toEqual([false, undefined, true]);
	await fill("/app/settings", { origins: "" });
	for (const path of ["/app/set-up/tag", "/app/settings"]) {
		const warned = await (await operator.get(path)).text();
		expect([path, warned.includes("No address of the shop is known yet"), warned.includes("notice good")]).toEqual([
			path,
			true,
			false,
		]);
	}
});

test("once it was seen, another question is another version", async () => {
	await fill("/app/set-up/question", { survey: "nps", question: "Torneresti?" });
	expect((await read("/v1/surveys/nps")).version).toBe(2);
});

test("the list of sites says what each has had in its last thirty days, as its tally has it", async () => {
	const other = await collector.makeSite({ name: "<Other>" });
	await collector.send({ ...collector.ask({ survey: "csat", score: 5 }), site: other.publicKey });
	await collector.db
		.prepare(
			`INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented)
			VALUES (?1, 'csat', 1, '', '', date('now', '-28 days'), '4', 40, 0), (?1, 'csat', 1, '', '', date('now', '-31 days'), '4', 7, 0),
				(?1, 'nps', 1, '', '', date('now'), 'ignored', 1000, 0), (?1, 'nps', 1, '', '', date('now'), 'dismissed', 200, 0),
				(?1, 'nps', 1, 'device', 'phone', date('now'), '9', 5, 0)`,
		)
		.bind(other.id)
		.run();
	const volumes = (await sites()).map(({ name, last_30_days }: Record<string, unknown>) => [name, last_30_days]);
	expect(volumes).toEqual([
		["Tea & Co", { shown: 2, answered: 1 }],
		["<Other>", { shown: 1_241, answered: 41 }],
	]);
	const page = await (await operator.get("/app/sites")).text();
	expect(page).toContain('<td class="number">1,241</td><td class="number">41</td>');
	expect(page).toContain("<bdi>&lt;Other&gt;</bdi>");
	const reply = await operator.post("/app/sites/open", { site: other.id });
	expect([reply.status, reply.headers.get("location")]).toEqual([303, "/app/"]);
	expect((await operator.post("/app/sites/open", { site: "nothing" })).status).toBe(404);
});

test("whoever has a site's key goes through the question and the tag, and makes no site", async () => {
	const owner = await logInTo(collector, made, "/app/settings");
	expect((await owner.get("/app/set-up")).headers.get("location")).toBe("/app/set-up/question");
	expect(
		(await owner.post("/app/set-up", { name: "Mine", origins: "https://mine.example", timezone: "UTC", locale: "en" })).status,
	).toBe(404);
	expect((await owner.get("/app/set-up/tag")).status).toBe(200);
	expect((await sites()).length).toBe(2);
});
