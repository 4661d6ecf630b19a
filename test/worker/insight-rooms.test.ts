import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import type { Drivers, Segments, Silence } from "../../shared/insight-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

const ZONE = "Europe/Rome";
const now = Date.now();
const today = dayOf(now, ZONE);
const SURVEYS = ["nps", "csat", "ces"] as const;

let collector: TestCollector;
let owner: OwnerSession;
beforeAll(async () => {
	collector = await startCollector();
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) });
	await patch("/v1/site", { segments: { plan: ["free", "gold"], quiet: ["never"] } });
	const drivers = [
		{ id: "price", labels: { en: "Price & <more>" } },
		{ id: "delivery" },
		{ id: "payment" },
		{ id: "rare", labels: { en: "Rare" } },
	];
	for (const slug of SURVEYS) await patch(`/v1/surveys/${slug}`, { drivers, goal: { nps: -20, csat: 50, ces: null }[slug] });
	const asks = [...madeUpAsks(9_000, 250, 17, now)];
	const rare = asks.filter(({ survey, drivers }) => survey === "nps" && drivers.length > 0).slice(0, 20);
	await loadAsks(collector.db, { id: collector.site.id, timezone: ZONE }, asks);
	await loadAsks(
		collector.db,
		{ id: collector.site.id, timezone: ZONE },
		rare.map((ask) => ({ ...ask, drivers: ["rare"], shownAt: now - 3_600_000, answeredAfterMs: 60_000 })),
		"rare",
	);
	owner = await logInTo(collector);
});
afterAll(() => collector.stop());

const read = async <Reply>(path: string, site?: TestSite): Promise<Reply> => (await collector.owner(path, {}, site)).json();
const opened = async (path: string, session = owner) => {
	const response = await session.get(path);
	return { status: response.status, html: (await response.text()).replace(/[\u2068\u2069]/g, "") };
};
const figures = (metric: string) => {
	const digits = metric === "ces" ? 1 : 0;
	const size = (value: number) => (Math.round(Math.abs(value) * 10 ** digits + 1e-9) / 10 ** digits).toFixed(digits);
	const sign = (value: number, plus: string) => (Number(size(value)) === 0 ? "" : value < 0 ? "−" : plus);
	return {
		value: (value: number) => `${sign(value, metric === "nps" ? "+" : "")}${size(value)}${metric === "csat" ? "%" : ""}`,
		change: (value: number) => `${sign(value, "+")}${size(value)}`,
	};
};
const percent = (share: number) => `${Math.round(share + 1e-9)}%`;
const count = (n: number) => n.toLocaleString("en-GB");
const text = (html: string) =>
	html
		.replace(/<[^>]+>/g, " ")
		.replace(/\s+/g, " ")
		.trim();
/** The rows of the tables of a page, as text. */
const rowsOf = (html: string) => [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) => text(row));
/** The lines of the marks of a page, each as its own markup. */
const marksOf = (html: string) =>
	[...html.matchAll(/<li><div class="mark-name">(.*?)<\/li>/gs)].map(([, mark = ""]) => ({ html: mark, text: text(mark) }));
/** One card of a page, by the id of its heading. */
const cardOf = (html: string, id: string) =>
	html.split('<section class="card"').find((part) => part.includes(`id="${id}"`)) ?? "";

describe.each(SURVEYS)("the drivers of %s", (survey) => {
	test.each(["30d", "90d", `${addDays(today, -200)}..${addDays(today, -60)}`])("over %s are the API's", async (window) => {
		const query = `survey=${survey}&window=${window}`;
		const { status, html } = await opened(`/app/drivers?${query}`);
		expect(status).toBe(200);
		const [found] = (await read<{ drivers: Drivers[] }>(`/v1/drivers?${query}`)).drivers;
		const { change } = figures(survey);
		const rows = rowsOf(html).slice(1);
		expect(found?.drivers.length).toBe(4);
		expect(rows).toHaveLength(4);
		expect(text(html)).toContain(`${count(found?.responses ?? 0)} answers that name at least one reason`);
		for (const [i, driver] of (found?.drivers ?? []).entries()) {
			const { responses, reach, contrast, interval, impact, verdict, quadrant } = driver;
			const row = rows[i] ?? "";
			expect(row).toContain(` ${count(responses)} ${percent(100 * reach)} `);
			if (contrast === null || interval === null || impact === null) expect(row).toMatch(/– – too few answers to tell$/);
			else
				expect(row).toContain(
					` ${change(contrast)} ${change(interval.low)} to ${change(interval.high)} ${change(impact)} ${verdict === "too_few" ? "too few" : verdict === "likely_changed" ? `${{ fix_first: "Fix first", protect: "Protect", watch: "Watch", keep: "Keep" }[quadrant ?? "keep"]}: likely goes with a ${contrast > 0 ? "higher" : "lower"} score` : "not distinguishable"}`,
				);
		}
	});

	test("are drawn where they can be weighed, hollow where they cannot be told apart, and not at all where they are too few", async () => {
		const query = `survey=${survey}&window=365d`;
		const { html } = await opened(`/app/drivers?${query}`);
		const [found] = (await read<{ drivers: Drivers[] }>(`/v1/drivers?${query}`)).drivers;
		const weighed = (found?.drivers ?? []).filter(({ verdict }) => verdict !== "too_few");
		expect(weighed.length).toBeGreaterThanOrEqual(3);
		for (const plot of html.split("<svg").slice(1)) {
			const drawn = [...plot.matchAll(/<circle class="bubble (\w+)" cx="([-\d.]+)" cy="([-\d.]+)" r="([\d.]+)"/g)];
			expect(drawn.map(([, kind]) => kind)).toEqual(weighed.map(({ quadrant }) => quadrant ?? "untold"));
			// Further to the right is a higher contrast, further up is more reach, and the area is the impact.
			const placed = drawn.map(([, , x, y, r], i) => ({ x: Number(x), y: Number(y), r: Number(r), of: weighed[i] }));
			const largest = Math.max(...weighed.map(({ impact }) => Math.abs(impact ?? 0)));
			const full = Math.max(...placed.map(({ r }) => r));
			for (const a of placed) {
				const area = (a.r / full) ** 2;
				if (a.r > 3) expect(area).toBeCloseTo(Math.abs(a.of?.impact ?? 0) / largest, 1);
				for (const b of placed) {
					if ((a.of?.contrast ?? 0) > (b.of?.contrast ?? 0)) expect(a.x).toBeGreaterThanOrEqual(b.x);
					if ((a.of?.reach ?? 0) > (b.of?.reach ?? 0)) expect(a.y).toBeLessThanOrEqual(b.y);
				}
			}
		}
		expect(html.includes("Hollow circles")).toBe(weighed.some(({ quadrant }) => quadrant === null));
		expect(html).toContain("Association, not cause");
		expect(html).not.toMatch(/<more>|style=|<script/);
	});
});

describe.each(["channel", "locale", "device", "delay", "plan"])("the segment %s", (key) => {
	test.each(SURVEYS)("of %s is the API's", async (survey) => {
		const query = `survey=${survey}&window=90d&key=${key}`;
		const { status, html } = await opened(`/app/segments?${query}`);
		expect(status).toBe(200);
		const [found] = (await read<{ segments: Segments[] }>(`/v1/segments?${query}`)).segments;
		const { value: write } = figures(survey);
		const marks = marksOf(html);
		const rows = rowsOf(html).slice(1);
		expect(marks.length).toBe(found?.values.length);
		if (marks.length === 0) return expect(html).toContain("No answer of these days has a value of this segment.");
		for (const { name, value, interval, tier, responses, difference, verdict, response_rate: rate } of found?.values ?? []) {
			const address = new URLSearchParams({ survey, segment: `${key}:${name}` }).toString().replaceAll("&", "&amp;");
			const at = marks.findIndex(({ html }) => html.includes(`/app/answers?${address}&amp;`));
			const mark = marks[at]?.text ?? "";
			const row = rows[at] ?? "";
			if (tier === "hidden") expect(mark).toContain("too few");
			else
				expect(mark).toContain(
					`${write(value ?? 0)} ${write(interval?.low ?? 0)} to ${write(interval?.high ?? 0)} · ${count(responses)} answers`,
				);
			expect(/likely (higher|lower) than the rest/.exec(mark)?.[1]).toBe(
				verdict === "likely_changed" ? ((difference?.value ?? 0) < 0 ? "lower" : "higher") : undefined,
			);
			if (rate.value !== null) expect(row).toContain(` ${percent(rate.value)} `);
			if (difference !== null) expect(row).toContain(` ${figures(survey).change(difference.value)} `);
			expect(row).toMatch(
				{
					too_few: /too few answers to compare$/,
					no_detectable_change: /no detectable difference from the rest$/,
					likely_changed: /likely (?:higher|lower) than the rest$/,
					changed: /-/,
				}[verdict],
			);
		}
		// By score, as far as scores are ranked.
		const ranked = marks.flatMap(({ html }) => {
			const [, name] = /segment=\w+%3A(\w+)/.exec(html) ?? [];
			const each = found?.values.find((value) => value.name === name);
			return each && (each.tier === "normal" || each.tier === "stable") ? [each.value ?? 0] : [];
		});
		expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
	});
});

test("values that differ from the rest are named, those that do not are not, and those too early are not ranked", async () => {
	const site = await collector.makeSite();
	const segments = { plan: ["high", "low", "alike", "early", "hidden"] };
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments }) }, site);
	const answers = (plan: string, count: number, scoreOf: (i: number) => number) =>
		Array.from({ length: count }, (_, i) => ({
			survey: "nps",
			status: "answered" as const,
			score: scoreOf(i),
			drivers: [],
			comment: null,
			segments: { channel: "page", device: "phone", plan },
			transaction: null,
			shownAt: now - 3_600_000,
			answeredAfterMs: 1_000,
			page: null,
		}));
	await loadAsks(collector.db, { id: site.id, timezone: ZONE }, [
		...answers("low", 100, (i) => (i % 5 === 0 ? 9 : 3)),
		...answers("early", 20, () => 10),
		...answers("hidden", 4, () => 10),
		...answers("alike", 100, (i) => [10, 8, 10, 8, 3][i % 5] ?? 8),
		...answers("high", 100, (i) => (i % 5 === 0 ? 7 : 10)),
	]);
	const { html } = await opened("/app/segments?key=plan", await logInTo(collector, site));
	expect(marksOf(html).map(({ text }) => text.replace(/ [+−]\d+ to [+−]\d+/, ""))).toEqual([
		"high +80 · 100 answers likely higher than the rest",
		"alike +20 · 100 answers",
		"low −60 · 100 answers likely lower than the rest",
		"early +100 · 20 answers early",
		"hidden too few shown from 5 answers on · 4 answers",
	]);
});

test("every mark of a segment lies on one scale", async () => {
	const query = "survey=nps&window=365d&key=device";
	const [found] = (await read<{ segments: Segments[] }>(`/v1/segments?${query}`)).segments;
	const marks = marksOf((await opened(`/app/segments?${query}`)).html);
	const placed = marks.map(({ html }) => {
		const [, name] = /segment=device%3A(\w+)/.exec(html) ?? [];
		const [, x] = /<circle class="dot" cx="([\d.]+)"/.exec(html) ?? [];
		const [, everybody] = /<line class="everybody" x1="([\d.]+)"/.exec(html) ?? [];
		return { value: found?.values.find((each) => each.name === name)?.value ?? 0, x: Number(x), everybody: Number(everybody) };
	});
	const [first, second] = placed;
	if (!first || !second) throw new Error("Two devices answered.");
	const unit = (first.x - second.x) / (first.value - second.value);
	for (const { value, x, everybody } of placed)
		expect(x - everybody).toBeCloseTo((value - (found?.everybody.value ?? 0)) * unit, 0);
});

describe.each(SURVEYS)("the silence of %s", (survey) => {
	test.each(["30d", "90d", "365d"])("over %s is the API's", async (window) => {
		const query = `survey=${survey}&window=${window}`;
		const { status, html } = await opened(`/app/silence?${query}`);
		expect(status).toBe(200);
		const [found] = (await read<{ silence: Silence[] }>(`/v1/silence?${query}`)).silence;
		if (!found) throw new Error(`The API says nothing of ${survey}.`);
		const { funnel, reasoned, channels, response_rate, dismissal_rate, tipping_point, silent_segments, comment_rate, delay } =
			found;
		const { value: write, change } = figures(survey);

		const share = (part: number, of: number) => percent((100 * part) / of);
		expect(marksOf(cardOf(html, "funnel")).map(({ text }) => text)).toEqual([
			`Shown ${count(funnel.shown)}`,
			`Answered ${count(funnel.answered)} ${share(funnel.answered, funnel.shown)} of those shown`,
			`Dismissed ${count(funnel.dismissed)} ${share(funnel.dismissed, funnel.shown)} of those shown`,
			`Ignored ${count(funnel.ignored)} ${share(funnel.ignored, funnel.shown)} of those shown`,
			`Gave a reason ${count(reasoned)} ${share(reasoned, funnel.answered)} of those answered`,
			`Commented ${count(funnel.commented)} ${share(funnel.commented, funnel.answered)} of those answered`,
		]);

		const names: Readonly<Record<string, string>> = { page: "On the page", email: "E-mail" };
		const asked = channels.filter((channel) => channel.funnel.shown > 0);
		expect(asked.map(({ channel }) => channel).sort()).toEqual(["email", "page"]);
		expect(marksOf(cardOf(html, "rate")).map(({ text }) => text)).toEqual(
			asked.map(
				({ channel, base, funnel: { shown }, response_rate: { value, interval } }) =>
					`${names[channel]} ${percent(value ?? 0)} of ${count(shown)} ${base} · 95% interval ${percent(interval?.low ?? 0)} to ${percent(interval?.high ?? 0)}`,
			),
		);
		expect(html).toContain(" opened · ");
		const [rates, dismissals] = text(cardOf(html, "rate")).split("Dismissal rate");
		for (const [said, { now, before, verdict }] of [
			[rates, response_rate],
			[dismissals, dismissal_rate],
		] as const) {
			expect(said).toContain(
				`${percent(now.value ?? 0)} 95% interval ${percent(now.interval?.low ?? 0)} to ${percent(now.interval?.high ?? 0)}`,
			);
			if (verdict === "too_few") expect(said).toContain("too few to compare");
			else
				expect(said).toMatch(
					new RegExp(`· ${percent(before.value ?? 0)} in the \\d+ days before .*${verdict.replaceAll("_", " ")}`),
				);
		}

		const tipping = text(cardOf(html, "tipping"));
		if (survey === "ces") expect(tipping).toContain("No goal is set");
		else if (tipping_point?.outcome === "value") expect(tipping).toContain(`less than ${write(tipping_point.value ?? 0)}.`);
		else
			expect(tipping).toContain({ cannot_fail: "cannot fail", already_fails: "already fails" }[String(tipping_point?.outcome)]);

		const silent = text(cardOf(html, "silent"));
		for (const { shown, response_rate, rest } of silent_segments)
			expect(silent).toContain(
				`${percent(response_rate.value ?? 0)} of ${count(shown)} customers answered, ${percent(rest.value ?? 0)} of the rest`,
			);
		expect(silent.includes("No group can be told")).toBe(silent_segments.length === 0);

		for (const { responses, commented, rate } of comment_rate)
			expect(marksOf(cardOf(html, "comments")).map(({ text }) => text)).toContainEqual(
				expect.stringMatching(
					new RegExp(` ${percent(rate.value ?? 0)} ${count(commented)} of ${count(responses)} · 95% interval `),
				),
			);

		const delays = cardOf(html, "delay");
		const late = delay.late_minus_early;
		expect(text(delays)).toContain(late ? `those within it: ${change(late.value)} (` : "it takes 30 of each");
		expect(marksOf(delays)).toHaveLength(delay.values.filter(({ responses }) => responses > 0).length);
		for (const { value, tier, responses } of delay.values)
			if (tier !== "hidden" && responses > 0)
				expect(text(delays)).toContain(` ${write(value ?? 0)} ${count(responses)} answers · `);
	});
});

test("a goal off the scale cannot fail or already fails", async () => {
	const goal = (value: number) => collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ goal: value }) });
	await goal(-100);
	expect((await opened("/app/silence?survey=nps&window=90d")).html).toContain("The goal of −100 cannot fail");
	await goal(100);
	expect((await opened("/app/silence?survey=nps&window=90d")).html).toContain("The goal of +100 already fails");
	await goal(-20);
});

describe("an address", () => {
	test.each(["drivers", "segments", "silence"])("of %s keeps its survey and its days from room to room", async (room) => {
		const { html } = await opened(`/app/${room}?survey=csat&window=7d`);
		expect(html).toMatch(/<a href="[^"]*survey=csat[^"]*" aria-current="true"><bdi>CSAT/);
		expect(html).toMatch(/<a href="[^"]*survey=nps&amp;window=7d"/);
		expect(html).toMatch(/<a href="[^"]*survey=csat&amp;window=90d"/);
		expect(html).toContain('<input type="hidden" name="survey" value="csat"/>');
	});

	test.each([
		["/app/drivers?survey=none", 404, "survey"],
		["/app/segments?survey=none", 404, "survey"],
		["/app/silence?survey=none", 404, "survey"],
		["/app/segments?key=shoe", 404, "key"],
		["/app/segments?key=driver", 404, "key"],
		["/app/drivers?survey=%3Cb%3E", 400, "survey"],
	])("%s is refused with what would be right", async (path, expected, field) => {
		const { status, html } = await opened(path);
		expect(status).toBe(expected);
		expect(html).toMatch(new RegExp(`<code>${field}</code> must`));
		expect(html).not.toContain("<b>");
	});

	test.each(["drivers", "segments", "silence"])("of %s with days that are no window shows the usual ones", async (room) => {
		const { status, html } = await opened(`/app/${room}?survey=nps&from=2026-02-30&to=2026-03-01`);
		expect(status).toBe(400);
		expect(html).toContain("Must be two days in their order");
		expect(html).toContain('class="card"');
	});
});

describe("with few answers", () => {
	test("nothing of a score below 5 answers can be read off any room", async () => {
		const site = await collector.makeSite();
		await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ goal: 30 }) }, site);
		for (let i = 0; i < 4; i++) await collector.send(collector.ask({ site: site.publicKey, score: 3, drivers: ["price"] }));
		const session = await logInTo(collector, site);
		const pages = await Promise.all(
			["drivers", "segments?key=channel", "silence"].map((room) => opened(`/app/${room}`, session)),
		);
		for (const { status, html } of pages) {
			expect(status).toBe(200);
			expect(html).not.toMatch(/−100|etractor|class="dot|class="interval/);
			expect(html.toLowerCase()).toContain("too few");
		}
		const [, , silence] = pages;
		expect(silence?.html).toContain("Too few answers to weigh the goal against the silence: 4, and it takes 30.");
		await collector.send(collector.ask({ site: site.publicKey, score: 3, drivers: ["price"] }));
		expect((await opened("/app/segments?key=channel", session)).html).toMatch(/<strong>−100<\/strong>.*>early<\/span>/);
	});

	test("a site that has never asked is led to its set-up", async () => {
		const session = await logInTo(collector, await collector.makeSite());
		for (const room of ["drivers", "segments", "silence", "drivers?survey=nps"]) {
			const { status, html } = await opened(`/app/${room}`, session);
			expect([room, status]).toEqual([room, 200]);
			expect(html).toContain('<a class="button" href="/app/set-up">');
		}
	});

	test("days without answers and segments without values say what to do", async () => {
		const long = `window=${addDays(today, -700)}..${addDays(today, -600)}`;
		expect((await opened(`/app/drivers?survey=nps&${long}`)).html).toContain("Nobody gave a reason in these days.");
		expect((await opened(`/app/segments?survey=nps&${long}`)).html).toContain("Nobody answered in these days.");
		expect((await opened(`/app/silence?survey=nps&${long}`)).html).toContain("Nobody was asked in these days.");
		await collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ drivers: [] }) });
		const { html } = await opened(`/app/drivers?survey=ces&${long}`);
		expect(html).toContain('<a class="button" href="/app/settings/surveys/ces">');
		expect(html).toContain("This survey offers no reasons");
		expect((await opened("/app/segments?key=quiet&window=90d")).html).toContain(
			"No answer of these days has a value of this segment.",
		);
	});

	test("rooms open for a key that may read scores alone, and for no other", async () => {
		const keyOf = async (scope: string) => {
			const body = JSON.stringify({ name: scope, scopes: [scope] });
			const { secret_key } = await (await collector.owner("/v1/keys", { method: "POST", body })).json();
			return logInTo(collector, { ...collector.site, secretKey: secret_key });
		};
		const scores = await keyOf("scores:read");
		const answers = await keyOf("responses:read");
		for (const room of ["drivers", "segments", "silence"]) {
			expect([room, (await opened(`/app/${room}`, scores)).status]).toEqual([room, 200]);
			expect([room, (await opened(`/app/${room}`, answers)).status]).toEqual([room, 403]);
		}
	});
});
