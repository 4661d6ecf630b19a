import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import type { CaseSummary } from "../../shared/case-contract.ts";
import { addDays, dayOf, midnightOf } from "../../shared/day.ts";
import { type DigestEventData, digestEventData } from "../../shared/digest-contract.ts";
import type { Drivers, Silence } from "../../shared/insight-contract.ts";
import type { SurveyScore } from "../../shared/score-contract.ts";
import { siteById } from "../../worker/db/sites.ts";
import { makeDigests } from "../../worker/digest/make-digests.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { logInTo } from "../harness/owner-session.ts";
import { startTarget, type Target } from "../harness/target.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Europe/Rome";

/** A Monday that is the 1st of its month, and half an hour into it in Rome. */
const MONDAY = "2026-06-01";
const AT = midnightOf(MONDAY, ZONE) + HOUR_MS / 2;
const WEEK = { from: "2026-05-25", to: "2026-05-31" };

let collector: TestCollector;
let target: Target;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
beforeEach(async () => {
	[site, target] = await Promise.all([collector.makeSite({ name: "Harbour & Pine" }), startTarget()]);
});
afterEach(async () => {
	await collector.db.prepare("DELETE FROM endpoint").run();
	await target.stop();
});
afterAll(() => collector.stop());

interface Wanted {
	readonly filter?: object;
	readonly comments?: boolean;
	readonly events?: string[];
}

const endpoint = ({ events = ["digest"], ...wanted }: Wanted = {}, of = site) =>
	makeEndpoint({ ...collector, site: of }, target.url, { events, ...wanted });

/** The night of this site alone. */
async function night(now = AT, of = site): Promise<void> {
	await collector.db.prepare("UPDATE site SET evaluate_at = iif(id = ?1, 0, 9e15)").bind(of.id).run();
	await collector.nightly(now);
}

/** What was kept to be told, of this site. */
async function kept(of = site) {
	const { results } = await collector.db
		.prepare("SELECT endpoint, subject, body FROM delivery WHERE site = ?1 ORDER BY endpoint, subject")
		.bind(of.id)
		.all<{ endpoint: string; subject: string; body: string }>();
	return results.map((row) => ({ ...row, data: JSON.parse(row.body).data as DigestEventData }));
}

/** Sends what is due, and gives what came. */
async function told(secret: string, count = 1): Promise<DigestEventData[]> {
	await collector.minute(Date.now());
	await target.until(count);
	return target.verified(secret).map(({ data }) => data as unknown as DigestEventData);
}

const answer = (shownAt: number, changes: Partial<LoadedAsk> = {}): LoadedAsk => ({
	survey: "csat",
	status: "answered",
	score: 5,
	drivers: [],
	comment: null,
	segments: { channel: "page" },
	transaction: null,
	shownAt,
	answeredAfterMs: 1_000,
	page: null,
	...changes,
});
let loads = 0;
const load = (asks: Iterable<LoadedAsk>, { of = site, timezone = ZONE } = {}) =>
	loadAsks(collector.db, { id: of.id, timezone }, asks, `digest-${loads++}`);
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);

const api = async <Reply>(path: string): Promise<Reply> => (await collector.owner(path, {}, site)).json();

const text = (html: string) =>
	html
		.replace(/<[^>]+>/g, "")
		.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[String(name)] ?? "'");
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, inside = ""]) => text(inside));

test("a digest has the API's figures, the overview's words and the report's comments of the same days", async () => {
	const drivers = [{ id: "price", labels: { en: "Price & <more>" } }, { id: "delivery" }, { id: "payment" }];
	for (const slug of ["nps", "csat", "ces"])
		await collector.owner(
			`/v1/surveys/${slug}`,
			{ method: "PATCH", body: JSON.stringify({ goal: slug === "ces" ? 4 : 30, drivers }) },
			site,
		);
	const asks = [...madeUpAsks(9_000, 60, 17, AT)].map((ask, i) =>
		ask.comment === null ? ask : { ...ask, comment: `Said ${i}.` },
	);
	await load(asks);
	const { responses } = await api<{ responses: { id: string }[] }>("/v1/responses?limit=2");
	for (const { id } of responses) {
		await collector.owner("/v1/cases", { method: "POST", body: JSON.stringify({ response: id }) }, site);
		await collector.db
			.prepare("UPDATE case_file SET opened_at = ?2, contacted_at = ?2 + 7200000, due_on = ?3 WHERE id = ?1")
			.bind(id, noon(WEEK.from), WEEK.to)
			.run();
	}
	const { secret } = await endpoint({ comments: true });
	await night();
	const [data] = (await told(secret)) as [DigestEventData];
	expect(digestEventData.parse(data)).toEqual(data);
	expect(data.period).toEqual({ kind: "week", ...WEEK, timezone: ZONE });

	const window = `window=${WEEK.from}..${WEEK.to}`;
	const [{ scores }, weighed, { silence }, summary] = await Promise.all([
		api<{ scores: SurveyScore[] }>(`/v1/scores?${window}`),
		api<{ drivers: Drivers[] }>(`/v1/drivers?${window}`),
		api<{ silence: Silence[] }>(`/v1/silence?${window}`),
		api<CaseSummary>(`/v1/cases/summary?${window}`),
	]);
	expect(data.surveys.map(({ survey }) => survey).sort()).toEqual(["ces", "csat", "nps"]);
	for (const found of data.surveys) {
		const of = <Each extends { survey: string }>(each: readonly Each[]) => each.find(({ survey }) => survey === found.survey);
		const [score, driven, quiet] = [of(scores), of(weighed.drivers), of(silence)];
		expect(found.responses).toBeGreaterThan(30);
		expect(found).toMatchObject({
			value: score?.value,
			interval: score?.interval,
			tier: score?.tier,
			responses: score?.responses,
			change: score?.previous.change,
			verdict: score?.previous.verdict,
			before: { value: score?.previous.value, responses: score?.previous.responses },
			goal: { target: score?.goal?.target, verdict: score?.goal?.verdict },
			baseline: score?.baseline && { value: score.baseline.value, change: score.baseline.change },
			response_rate: quiet?.response_rate.now,
		});
		expect(found.drivers.map(({ id, impact }) => [id, impact])).toEqual(
			driven?.drivers.filter(({ rank }) => rank !== null).map(({ id, impact }) => [id, impact]),
		);
		const [silent] = quiet?.silent_segments ?? [];
		expect(found.silent_segment).toEqual(
			silent ? { key: silent.key, name: silent.name, response_rate: silent.response_rate.value, rest: silent.rest.value } : null,
		);
	}
	expect(data.surveys.flatMap((each) => each.drivers).length).toBeGreaterThan(0);
	expect(data.surveys.flatMap((each) => each.silent_segment ?? []).length).toBeGreaterThan(0);
	expect(data.cases).toMatchObject({ opened: 2, contacted: 2, unresolved: 2, overdue: 2, time_to_contact_ms: 2 * HOUR_MS });
	expect(summary).toMatchObject(data.cases);

	const owner = await logInTo(collector, site);
	const overview = await (await owner.get(`/app/?from=${WEEK.from}&to=${WEEK.to}`)).text();
	expect(data.url).toBe(`${collector.url}/app/?from=${WEEK.from}&to=${WEEK.to}`);
	const short = overview.slice(overview.indexOf('class="card takeaways"'), overview.indexOf("</dl>"));
	expect([data.headline]).toEqual(all(short, /<p class="shop">(.*?)<\/p>/g));
	expect(data.surveys.map(({ sentence }) => sentence)).toEqual(all(short, /<dd>(.*?)<\/dd>/g));
	expect(data.surveys.map(({ name }) => name)).toEqual(all(short, /<dt>(.*?)<\/dt>/g));

	const report = await (await owner.get(`/app/report?from=${WEEK.from}&to=${WEEK.to}`)).text();
	expect(data.comments).toHaveLength(3);
	expect(data.comments.map(({ comment }) => comment)).toEqual(all(report, /<blockquote[^>]*>(.*?)<\/blockquote>/g));
	expect(data.comments.map(({ mood }) => mood)).toEqual(["low", "middle", "high"]);
	expect(data.comment_ids).toEqual(data.comments.map(({ id }) => id));
});

describe("each endpoint is told each period once", () => {
	beforeEach(async () => {
		await load([answer(noon(WEEK.to))]);
	});

	test("however often the night comes, and an endpoint that is new within days gets the one before", async () => {
		const { id, secret } = await endpoint();
		await night();
		await night();
		await told(secret);
		for (const days of [1, 2, 3]) await night(AT + days * DAY_MS);
		expect((await kept()).map(({ endpoint, subject }) => [endpoint, subject])).toEqual([[id, "digest:week:2026-05-25"]]);
		const late = await endpoint();
		await night(AT + 3 * DAY_MS);
		expect((await kept()).map(({ endpoint }) => endpoint).sort()).toEqual([id, late.id].sort());
		await endpoint();
		await night(AT + 4 * DAY_MS);
		expect(await kept()).toHaveLength(2);
	});

	test("a run that was missed is made up for within four days, and no later", async () => {
		await endpoint();
		await night(AT + 4 * DAY_MS);
		expect(await kept()).toEqual([]);
		await night(AT + 3 * DAY_MS);
		expect(await kept()).toHaveLength(1);
	});

	test("also where several runs are at it at once", async () => {
		await endpoint({ filter: { digest: "both" } });
		await endpoint();
		const db = collector.db as unknown as Parameters<typeof makeDigests>[0];
		const found = await siteById(db, site.id);
		if (!found) throw new Error("There is no site");
		const made = await Promise.all(Array.from({ length: 5 }, () => makeDigests(db, found, AT)));
		expect(made.reduce((sum, n) => sum + n, 0)).toBe(3);
		expect((await kept()).map(({ subject }) => subject).sort()).toEqual([
			"digest:month:2026-05-01",
			"digest:week:2026-05-25",
			"digest:week:2026-05-25",
		]);
	});

	test("weekly, monthly or both, as it was chosen; who did not ask for digests or is paused gets none", async () => {
		const chosen = ["weekly", "monthly", "both"] as const;
		const made = await Promise.all(chosen.map((digest) => endpoint({ filter: { digest } })));
		await endpoint({ events: ["answer.scored"] });
		const paused = await endpoint();
		await collector.db.prepare("UPDATE endpoint SET active = 0 WHERE id = ?1").bind(paused.id).run();
		await night();
		const rows = await kept();
		const kinds = ({ id }: { id: string }) =>
			rows.filter(({ endpoint }) => endpoint === id).map(({ data: { period } }) => `${period.kind} ${period.from}`);
		expect(made.map(kinds)).toEqual([["week 2026-05-25"], ["month 2026-05-01"], ["month 2026-05-01", "week 2026-05-25"]]);
		expect(rows).toHaveLength(4);
	});
});

describe("the days are the site's own", () => {
	test.each([
		["Pacific/Kiritimati", "2026-05-31T10:05:00Z"],
		["America/Los_Angeles", "2026-06-01T07:05:00Z"],
		// Daylight saving ended, or began, in the week that is told of.
		["America/Los_Angeles", "2026-11-02T08:05:00Z"],
		["Europe/Rome", "2026-03-29T22:05:00Z"],
	])("in %s it is Monday from %s on", async (timezone, monday) => {
		const at = Date.parse(monday);
		const of = await collector.makeSite({ timezone });
		const today = dayOf(at, timezone);
		const first = midnightOf(addDays(today, -7), timezone);
		const last = midnightOf(today, timezone) - 60_000;
		const days = [first - 60_000, first, last, last + 61_000];
		await load(
			days.map((shownAt) => answer(shownAt)),
			{ of, timezone },
		);
		await endpoint({}, of);
		await night(at - 10 * 60_000, of);
		expect(await kept(of)).toEqual([]);
		await night(at, of);
		const [digest, ...others] = await kept(of);
		expect(others).toEqual([]);
		expect(digest?.data.period).toEqual({ kind: "week", from: addDays(today, -7), to: addDays(today, -1), timezone });
		expect(digest?.data.surveys).toMatchObject([{ survey: "csat", responses: 2, before: { responses: 1 } }]);
	});
});

describe("comments", () => {
	const said = [
		answer(noon("2026-05-28"), { score: 1, comment: "Broken, says Ann.", transaction: "T-1" }),
		answer(noon("2026-05-28") + 1, { score: 3, comment: "So so." }),
		answer(noon("2026-05-28") + 2, { score: 5, comment: "Lovely." }),
	];

	test("are kept as ids and read when it is sent: who was erased or deleted meanwhile says nothing", async () => {
		await load(said);
		const { secret } = await endpoint({ comments: true });
		await night();
		const [digest] = await kept();
		expect(digest?.data.comment_ids).toHaveLength(3);
		expect(digest?.body).not.toMatch(/Broken|So so|Lovely/);
		const erased = await collector.owner("/v1/transactions/T-1", { method: "DELETE" }, site);
		expect(await erased.json()).toEqual({ erased: 1 });
		await collector.owner(`/v1/responses/${digest?.data.comment_ids[2]}`, { method: "DELETE" }, site);
		const [data] = await told(secret);
		expect(data?.comments).toMatchObject([{ survey: "csat", score: 3, mood: "middle", comment: "So so." }]);
		expect(data?.comment_ids).toEqual([digest?.data.comment_ids[1]]);
		expect(target.received[0]?.body).not.toMatch(/Broken|Lovely|T-1/);
	});

	test("do not leave where the endpoint does not ask for them, or asks no more", async () => {
		await load(said);
		const silent = await endpoint();
		const { id, secret } = await endpoint({ comments: true });
		await night();
		expect((await kept()).find(({ endpoint }) => endpoint === silent.id)?.data.comment_ids).toEqual([]);
		await collector.db.prepare("UPDATE endpoint SET comments = 0 WHERE id = ?1").bind(id).run();
		await collector.db.prepare("UPDATE endpoint SET next_at = NULL WHERE id = ?1").bind(silent.id).run();
		const [data] = await told(secret);
		expect([data?.comments, data?.comment_ids]).toEqual([[], []]);
	});
});

test("surveys that the endpoint names are the only ones it is told of", async () => {
	await load([answer(noon("2026-05-28")), answer(noon("2026-05-28"), { survey: "nps", score: 9, comment: "Of the other." })]);
	await endpoint({ filter: { surveys: ["csat"] }, comments: true });
	await endpoint({ filter: { surveys: ["ces"] } });
	await night();
	const [digest, ...others] = await kept();
	expect(others).toEqual([]);
	expect(digest?.data.surveys).toMatchObject([{ survey: "csat", responses: 1, value: null, interval: null, tier: "hidden" }]);
	expect(digest?.data.headline).toBe(digest?.data.surveys[0]?.sentence);
	expect(digest?.data.comment_ids).toEqual([]);
});

test("that nobody was asked is said once, and of a site that never asked nothing", async () => {
	await endpoint();
	await night();
	expect(await kept()).toEqual([]);
	await load([answer(noon(WEEK.to), { status: "shown", score: null, answeredAfterMs: null })]);
	for (const weeks of [0, 1, 2]) await night(AT + weeks * 7 * DAY_MS);
	expect((await kept()).map(({ subject, data }) => [subject, data.headline])).toEqual([
		["digest:week:2026-05-25", "One customer was asked in these 7 days, and none has answered yet."],
		["digest:week:2026-06-01", "Nobody was asked in these 7 days."],
	]);
});

test("a night with digests takes a few ways to the database more, however many surveys and endpoints there are", async () => {
	await load(madeUpAsks(900, 30, 3, AT));
	const calls = async () => {
		await night();
		const run = await collector.db.prepare("SELECT calls FROM scheduled_run").first<{ calls: number }>();
		return run?.calls ?? 0;
	};
	await calls();
	const without = await calls();
	for (let i = 0; i < 5; i++) await endpoint({ comments: true });
	expect((await calls()) - without).toBeLessThanOrEqual(6);
	expect(await kept()).toHaveLength(5);
});
