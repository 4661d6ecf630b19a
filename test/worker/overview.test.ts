import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import type { EpisodeView, Series, Silence } from "../../shared/insight-contract.ts";
import type { ResponseView } from "../../shared/response-contract.ts";
import type { SurveyScore } from "../../shared/score-contract.ts";
import { OPERATOR_KEY, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

const ZONE = "Europe/Rome";
const now = Date.now();
const today = dayOf(now, ZONE);

let collector: TestCollector;
let owner: OwnerSession;
let empty: TestSite;
beforeAll(async () => {
	collector = await startCollector({ entry: "waves" });
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) });
	await patch("/v1/site", { segments: { plan: ["free", "gold"] } });
	const benchmark = { value: 33, source: "<b>Ours</b>", year: 2025, country: "IT", url: null };
	const drivers = [{ id: "price", labels: { en: "Price & <more>" } }, { id: "delivery" }, { id: "payment" }];
	for (const slug of ["nps", "csat", "ces"])
		await patch(`/v1/surveys/${slug}`, { goal: slug === "ces" ? 4 : 30, drivers, benchmarks: slug === "nps" ? [benchmark] : [] });
	await loadAsks(collector.db, { id: collector.site.id, timezone: ZONE }, madeUpAsks(9_000, 250, 17, now));
	owner = await logInTo(collector);
	empty = await collector.makeSite({ name: "Empty" });
});
afterAll(() => collector.stop());

const read = async <Reply>(path: string): Promise<Reply> => (await collector.owner(path)).json();
const opened = async (path: string, session = owner) => {
	const response = await session.get(path);
	return { status: response.status, html: (await response.text()).replace(/[\u2068\u2069]/g, ""), headers: response.headers };
};
/** A figure as an English page writes it. */
const written = (metric: string, value: number) => {
	const digits = metric === "ces" ? 1 : 0;
	const size = (Math.round(Math.abs(value) * 10 ** digits + 1e-9) / 10 ** digits).toFixed(digits);
	const sign = Number(size) === 0 ? "" : value < 0 ? "−" : metric === "nps" ? "+" : "";
	return `${sign}${size}${metric === "csat" ? "%" : ""}`;
};
const FORMULAS = {
	nps: "promoters minus detractors, −100 to 100",
	csat: "share of answers 4 and 5 of 5",
	ces: "mean of 1 to 7, 7 is the easiest",
};
/** The card of one survey. */
const cardOf = (html: string, survey: string) =>
	html.split('<section class="card survey"').find((part) => part.startsWith(` id="${survey}"`)) ?? "";

describe.each([["window=7d"], ["window=30d"], ["window=90d"], ["window=365d"]])("the overview of %s", (query) => {
	test("shows the API's figures", async () => {
		const { status, html } = await opened(`/app/?${query}`);
		expect(status).toBe(200);
		const { scores } = await read<{ scores: SurveyScore[] }>(`/v1/scores?${query}`);
		for (const { survey, metric, value, interval, responses, mean, agree, goal, previous, groups } of scores) {
			const card = cardOf(html, survey);
			expect(card).toContain(`<strong class="score">${written(metric, value ?? 0)}</strong>`);
			expect(card).toContain(`95% interval ${written(metric, interval?.low ?? 0)} to ${written(metric, interval?.high ?? 0)}`);
			expect(card).toContain(
				metric === "ces"
					? `${Math.round(agree?.value ?? 0)}% agree`
					: `mean ${written("ces", mean ?? 0)} of ${metric === "nps" ? 10 : 5}`,
			);
			expect(card).toContain(`<span class="hint formula">${FORMULAS[metric]}</span>`);
			expect(card).toContain(`<strong class="number">${responses.toLocaleString("en-GB")}</strong>`);
			const before = previous.responses.toLocaleString("en-GB");
			expect(card).toContain(previous.verdict === "too_few" ? "Too few answers to compare" : `(${before} answers)`);
			if (previous.verdict !== "too_few") expect(card).toContain(`>${previous.verdict.replaceAll("_", " ")}</span>`);
			expect(card).toContain(`>${goal?.verdict ?? "no verdict yet"}</span>`);
			for (const n of Object.values(groups)) expect(card).toContain(`${Math.round((100 * n) / responses)}%</text>`);
		}
	});

	test("and the report say what each score is held against, with both n", async () => {
		const { scores } = await read<{ scores: SurveyScore[] }>(`/v1/scores?${query}`);
		const { silence } = await read<{ silence: Silence[] }>(`/v1/silence?${query}`);
		const [{ html }, { html: report }] = [await opened(`/app/?${query}`), await opened(`/app/report?${query}`)];
		const n = (count: number) => `${count.toLocaleString("en-GB")} answers`;
		for (const { survey, metric, responses, previous, mean } of scores) {
			const sheet = report.split("<section>").find((part) => part.includes(`<h3><bdi>${survey.toUpperCase()}</bdi>`)) ?? "";
			expect(sheet).toContain(`, ${n(responses)}</span>`);
			expect(sheet).toContain(`<span class="hint formula">${FORMULAS[metric]}</span>`);
			if (metric !== "ces") expect(sheet).toContain(`mean ${written("ces", mean ?? 0)} of `);
			const value = written(metric, previous.value ?? 0).replace("+", "\\+");
			const before = `from ${value} in the \\d+ days before \\(${n(previous.responses)}\\)`;
			const tooFew = `Too few answers to compare: ${previous.responses.toLocaleString("en-GB")} in the`;
			const change = previous.verdict === "too_few" ? tooFew : `[+−]?[\\d.]+ ${before}<`;
			// Of a week that has just begun there may be too few answers themselves: then nothing is compared.
			if (responses < 30) expect(sheet).not.toContain("Change: ");
			else expect(sheet).toMatch(new RegExp(`Change: ${change}`));
			const rate = silence.find((each) => each.survey === survey)?.response_rate;
			if (!rate || rate.verdict === "too_few") continue;
			const [now, then] = [rate.now.shown, rate.before.shown].map((count) => count.toLocaleString("en-GB"));
			expect(cardOf(html, survey)).toMatch(new RegExp(`% of ${now} asked answered .*; before: \\d+% of ${then}, `));
		}
	});

	test("draws a line that ends at the score", async () => {
		const { html } = await opened(`/app/?${query}`);
		const { scores } = await read<{ scores: SurveyScore[] }>(`/v1/scores?${query}`);
		for (const { survey, metric, value } of scores)
			expect(cardOf(html, survey)).toMatch(
				new RegExp(`aria-label="The rolling score from [^"]+, at the end ${written(metric, value ?? 0).replace("+", "\\+")}"`),
			);
	});
});

test("days of one's own are those days, and the line leads up to them", async () => {
	const [from, to] = [addDays(today, -120), addDays(today, -100)];
	const { status, html } = await opened(`/app/?from=${from}&to=${to}`);
	expect(status).toBe(200);
	const { scores } = await read<{ scores: SurveyScore[] }>(`/v1/scores?window=${from}..${to}`);
	for (const { survey, metric, value } of scores)
		expect(cardOf(html, survey)).toContain(`<strong class="score">${written(metric, value ?? 0)}</strong>`);
	const { series } = await read<{ series: Series[] }>(`/v1/scores/series?window=30d&from=${addDays(to, -89)}&to=${to}`);
	for (const { survey, metric, points } of series)
		expect(cardOf(html, survey)).toContain(`at the end ${written(metric, points.at(-1)?.value ?? 0)}`);
	expect(html).toContain(`value="${from}"`);
});

test.each([
	"window=soon",
	"from=2026-02-30&to=2026-03-01",
	`from=${today}&to=${addDays(today, -1)}`,
	"from=2026-01-01",
	"from=%3Cb%3E&to=x",
])("%s is no window: the usual one, and what would be right", async (query) => {
	const { status, html } = await opened(`/app/?${query}`);
	expect(status).toBe(400);
	expect(html).toContain("Must be two days in their order, at most 731 days apart.");
	expect(html).not.toContain("<b>");
	expect(html).toContain('class="score"');
});

test("the first thing on the page is a sentence for the shop and one for each survey", async () => {
	const { html } = await opened("/app/");
	const first = html.slice(html.indexOf("<h1>Overview</h1>"));
	expect(first).toMatch(
		/^<h1>Overview<\/h1><\/div><section class="card takeaways" aria-label="In short"><p class="shop">Against the 30 days before: /,
	);
	for (const survey of ["nps", "csat", "ces"]) expect(first).toMatch(new RegExp(`<dt><a href="#${survey}">`));
});

test("what merchants wrote is text", async () => {
	const { html } = await opened("/app/?window=90d");
	expect(cardOf(html, "nps")).toContain("+33 &lt;b&gt;Ours&lt;/b&gt; (IT 2025)");
	expect(html).toContain("Price &amp; &lt;more&gt;");
	expect(html).not.toMatch(/<b>Ours|style=|<script/);
});

test("an open alert is shown with what it compares", async () => {
	const site = await collector.makeSite();
	const asks = [...madeUpAsks(3_000, 112, 5, now)].map((ask) => {
		const late = dayOf(ask.shownAt, ZONE) > addDays(today, -28);
		return ask.survey === "csat" && ask.status === "answered" ? { ...ask, score: late ? 1 : 5 } : ask;
	});
	await loadAsks(collector.db, { id: site.id, timezone: ZONE }, asks);
	await collector.nightly(now);
	const { alerts } = (await (await collector.owner("/v1/alerts?state=open", {}, site)).json()) as { alerts: EpisodeView[] };
	const alert = alerts.find(({ survey, segment }) => survey === "csat" && segment === null);
	const { html } = await opened("/app/", await logInTo(collector, site));
	expect(html).toContain(
		`${written("csat", alert?.recent.value ?? 0)} in 28 days (${alert?.recent.responses} answers) after ${written("csat", alert?.reference.value ?? 0)} in the 84 days before (${alert?.reference.responses} answers)`,
	);
	expect(html).toMatch(/CSAT is down \(changed\)/);
});

describe("with few answers", () => {
	test("nothing of a score below 5 answers can be read off the page", async () => {
		const site = await collector.makeSite();
		for (let i = 0; i < 4; i++) await collector.send(collector.ask({ site: site.publicKey, score: 3 }));
		const session = await logInTo(collector, site);
		const { html } = await opened("/app/", session);
		expect(html).toContain("Too few answers for a score: 4 so far, and it takes 5.");
		expect(cardOf(html, "nps")).toContain("Shown from 5 answers on");
		expect(cardOf(html, "nps")).toContain('<strong class="score">–</strong>');
		expect(html).not.toContain("<svg");
		expect(html).toContain("Never asked so far: CES and CSAT.");
		await collector.send(collector.ask({ site: site.publicKey, score: 3 }));
		const five = (await opened("/app/", session)).html;
		expect(five).toContain('<strong class="score">−100</strong>');
		expect(five).toContain("Early: −100 from 5 answers");
		expect(five).not.toMatch(/[↑↓]/);
	});

	test("a site that has never asked is led to its set-up", async () => {
		const { status, html } = await opened("/app/", await logInTo(collector, empty));
		expect(status).toBe(200);
		expect(html).toContain('<a class="button" href="/app/set-up">');
		expect(html).not.toContain('class="choice"');
	});

	test("the API says when a survey was first asked", async () => {
		const firsts = async (site: TestSite) =>
			(
				(await (await collector.owner("/v1/surveys", {}, site)).json()).surveys as { slug: string; first_asked: string | null }[]
			).map(({ slug, first_asked }) => [slug, first_asked]);
		expect((await firsts(empty)).map(([, day]) => day)).toEqual([null, null, null]);
		for (const [slug, first] of await firsts(collector.site)) {
			const row = await collector.db
				.prepare("SELECT min(day) AS day FROM ask WHERE site = ?1 AND survey = ?2")
				.bind(collector.site.id, slug)
				.first<{ day: string }>();
			expect([slug, first]).toEqual([slug, row?.day]);
		}
	});
});

describe("ways to the database, one behind another", () => {
	const ways = (headers: Headers) => Number(headers.get("x-database-waves"));
	const calls = (headers: Headers) => Number(headers.get("x-database-calls"));

	test("are counted: none for what needs no database, one for each thing that waits for another", async () => {
		expect(ways((await collector.fetch("/healthz")).headers)).toBe(0);
		// A key, its site, the surveys, their tallies; the last for three surveys at once, each with its baseline.
		const { headers } = await collector.owner("/v1/scores");
		expect([ways(headers), calls(headers)]).toEqual([4, 9]);
	});

	test("the overview takes four, whatever it shows: session, site, surveys, figures; and asks no more often than that", async () => {
		for (const path of ["/app/", "/app/?window=365d", `/app/?from=${addDays(today, -40)}&to=${today}`]) {
			const { headers } = await opened(path);
			expect([path, ways(headers), calls(headers)]).toEqual([path, 4, 4]);
		}
		expect(ways((await opened("/app/", await logInTo(collector, empty))).headers)).toBe(4);
		const operator = await logInTo(collector, "operator");
		await operator.post("/app/sites/open", { site: collector.site.id });
		expect(ways((await opened("/app/", operator)).headers)).toBe(4);
	});

	test("a read that fails ends all that travel with it, as a page that says to come again", async () => {
		await collector.db.prepare("ALTER TABLE tally RENAME TO tally_gone").run();
		const { status, headers } = await opened("/app/");
		await collector.db.prepare("ALTER TABLE tally_gone RENAME TO tally").run();
		expect([status, headers.has("retry-after")]).toEqual([503, true]);
		expect((await opened("/app/")).status).toBe(200);
	});

	test("the report takes three more: which survey the figures name, which of its answers, their words", async () => {
		const { headers } = await opened("/app/report");
		expect([ways(headers), calls(headers)]).toEqual([7, 7]);
	});
});

describe("the report", () => {
	test("shows the API's figures, the overview's sentences and three comments without who wrote them", async () => {
		const site = await collector.makeSite();
		const secret = { authorization: `Bearer ${OPERATOR_KEY}` };
		expect((await collector.fetch("/v1/sites", { headers: secret })).status).toBe(200);
		await loadAsks(collector.db, { id: site.id, timezone: ZONE }, madeUpAsks(900, 20, 3, now));
		const words = ["It <i>took</i> long.", "All right.", "Lovely."];
		for (let i = 0; i < 60; i++) await collector.send(collector.ask({ site: site.publicKey, score: 9 }));
		for (const [i, score] of [2, 8, 10].entries())
			await collector.send(
				collector.ask({
					site: site.publicKey,
					score,
					comment: words[i] ?? "",
					customer: "ada@example.com",
					transaction: `A-${i}`,
				}),
			);
		for (const survey of ["csat", "ces"])
			await collector.db
				.prepare("DELETE FROM ask WHERE site = ?1 AND survey = ?2 AND status = 'answered'")
				.bind(site.id, survey)
				.run();
		const session = await logInTo(collector, site);
		const [{ html }, overview] = [await opened("/app/report", session), await opened("/app/", session)];
		const { scores } = (await (await collector.owner("/v1/scores", {}, site)).json()) as { scores: SurveyScore[] };
		const nps = scores.find(({ survey }) => survey === "nps");
		expect(html).toContain(`<strong class="score">${written("nps", nps?.value ?? 0)}</strong>`);
		const [, sentence] = /#nps"><bdi>NPS<\/bdi><\/a><\/dt><dd>([^<]+)</.exec(overview.html) ?? [];
		expect(html).toContain(sentence);
		const comments = [...html.matchAll(/<blockquote dir="auto"><bdi>([^<]*)<\/bdi>/g)].map(([, comment]) => comment);
		expect(comments).toEqual(["It &lt;i&gt;took&lt;/i&gt; long.", "All right.", "Lovely."]);
		expect(html).not.toMatch(/ada@example|A-0/);
	});

	test("and the overview say how many cases are open and overdue, as the API does of the same days; and nothing where there are none", async () => {
		const site = await collector.makeSite();
		const session = await logInTo(collector, site);
		await collector.send(collector.ask({ site: site.publicKey, score: 9 }));
		for (const path of ["/app/", "/app/report"])
			expect([path, /cases? open|Follow-up/.test((await opened(path, session)).html)]).toEqual([path, false]);
		for (let i = 0; i < 3; i++) await collector.send(collector.ask({ site: site.publicKey, score: i }));
		const { responses } = await (await collector.owner("/v1/responses", {}, site)).json();
		for (const { id } of (responses as ResponseView[]).filter(({ score }) => score < 3))
			await collector.owner("/v1/cases", { method: "POST", body: JSON.stringify({ response: id }) }, site);
		const { cases } = await (await collector.owner("/v1/cases", {}, site)).json();
		expect(cases).toHaveLength(3);
		const change = (id: string, body: object) =>
			collector.owner(`/v1/cases/${id}`, { method: "PATCH", body: JSON.stringify(body) }, site);
		const line = '<a href="/app/cases">';
		expect((await opened("/app/", session)).html).toContain(`${line}3 cases open</a>`);
		await change(cases[0].id, { due_on: addDays(today, -3) });
		expect((await opened("/app/?window=365d", session)).html).toContain(`${line}3 cases open, 1 overdue</a>`);
		await change(cases[1].id, { state: "resolved" });
		const [from, to] = [addDays(today, -30), addDays(today, -20)];
		const reports: readonly (readonly [string, string])[] = [
			["", "Opened in these days: 3, of them resolved: 1."],
			[`?from=${from}&to=${to}`, "None was opened in these days."],
		];
		for (const [query, said] of reports)
			expect((await opened(`/app/report${query}`, session)).html).toContain(`2 open, 1 of them overdue. ${said}`);
	});

	test("without the right to read answers it has the figures and no comments", async () => {
		const body = JSON.stringify({ name: "Figures", scopes: ["scores:read"] });
		const { secret_key } = await (await collector.owner("/v1/keys", { method: "POST", body })).json();
		const { status, html } = await opened("/app/report", await logInTo(collector, { ...collector.site, secretKey: secret_key }));
		expect(status).toBe(200);
		expect(html).toContain('class="score"');
		expect(html).not.toMatch(/<blockquote|Follow-up/);
	});

	test("before the first ask it says so", async () => {
		const { html } = await opened("/app/report", await logInTo(collector, empty));
		expect(html).toContain("Nobody was asked in these days.");
	});
});
