import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../shared/day.ts";
import type { Drivers, Segments, Silence } from "../../shared/insight-contract.ts";
import { type InsightRooms, marksOf, openInsightRooms, textOf } from "../harness/insight-rooms.ts";

const today = dayOf(Date.now(), "Europe/Rome");
const SURVEYS = ["nps", "csat", "ces"] as const;

let rooms: InsightRooms;
beforeAll(async () => {
	rooms = await openInsightRooms();
});
afterAll(() => rooms.stop());

const figures = (metric: string) => {
	const digits = metric === "ces" ? 1 : 0;
	const size = (value: number) => (Math.round(Math.abs(value) * 10 ** digits + 1e-9) / 10 ** digits).toFixed(digits);
	const sign = (value: number, plus: string) => (Number(size(value)) === 0 ? "" : value < 0 ? "−" : plus);
	return {
		value: (value: number) => `${sign(value, metric === "nps" ? "+" : "")}${size(value)}${metric === "csat" ? "%" : ""}`,
		change: (value: number) => `${sign(value, "+")}${size(value)}`,
	};
};
const FORMULAS = {
	nps: "NPS: promoters minus detractors, −100 to 100.",
	csat: "CSAT: share of answers 4 and 5 of 5.",
	ces: "CES: mean of 1 to 7, 7 is the easiest.",
};
const percent = (share: number) => `${Math.round(share + 1e-9)}%`;
const count = (n: number) => n.toLocaleString("en-GB");
/** The rows of the tables of a page, as text. */
const rowsOf = (html: string) => [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) => textOf(row));
/** One card of a page, by the id of its heading. */
const cardOf = (html: string, id: string) =>
	html.split('<section class="card"').find((part) => part.includes(`id="${id}"`)) ?? "";

describe.each(SURVEYS)("the drivers of %s", (survey) => {
	test.each(["30d", "90d", `${addDays(today, -200)}..${addDays(today, -60)}`])("over %s are the API's", async (window) => {
		const query = `survey=${survey}&window=${window}`;
		const { status, html } = await rooms.opened(`/app/drivers?${query}`);
		expect(status).toBe(200);
		const [found] = (await rooms.read<{ drivers: Drivers[] }>(`/v1/drivers?${query}`)).drivers;
		const { change } = figures(survey);
		const rows = rowsOf(html).slice(1);
		expect(found?.drivers.length).toBe(4);
		expect(rows).toHaveLength(4);
		expect(textOf(html)).toContain(`${count(found?.responses ?? 0)} answers that name at least one reason`);
		expect(textOf(html)).toContain(FORMULAS[survey]);
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
		const { html } = await rooms.opened(`/app/drivers?${query}`);
		const [found] = (await rooms.read<{ drivers: Drivers[] }>(`/v1/drivers?${query}`)).drivers;
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
		const { status, html } = await rooms.opened(`/app/segments?${query}`);
		expect(status).toBe(200);
		const [found] = (await rooms.read<{ segments: Segments[] }>(`/v1/segments?${query}`)).segments;
		const { value: write } = figures(survey);
		const marks = marksOf(html);
		const rows = rowsOf(html).slice(1);
		expect(marks.length).toBe(found?.values.length);
		if (marks.length === 0) return expect(html).toContain("No answer of these days has a value of this segment.");
		expect(textOf(html)).toContain(`the dotted line. ${FORMULAS[survey]}`);
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

test("every mark of a segment lies on one scale", async () => {
	const query = "survey=nps&window=365d&key=device";
	const [found] = (await rooms.read<{ segments: Segments[] }>(`/v1/segments?${query}`)).segments;
	const marks = marksOf((await rooms.opened(`/app/segments?${query}`)).html);
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
		const { status, html } = await rooms.opened(`/app/silence?${query}`);
		expect(status).toBe(200);
		const [found] = (await rooms.read<{ silence: Silence[] }>(`/v1/silence?${query}`)).silence;
		if (!found) throw new Error(`The API says nothing of ${survey}.`);
		const { funnel, reasoned, channels, response_rate, dismissal_rate, tipping_point, silent_segments, comment_rate, delay } =
			found;
		const { value: write } = figures(survey);

		expect(textOf(html)).toContain(`. ${FORMULAS[survey]}`);
		const share = (part: number, of: number) => percent((100 * part) / of);
		const all = channels.reduce((sum, each) => sum + each.funnel.answered, 0);
		expect(marksOf(cardOf(html, "funnel")).map(({ text }) => text)).toEqual([
			`Shown ${count(funnel.shown)}`,
			`Answered ${count(funnel.answered)} ${share(funnel.answered, funnel.shown)} of those shown`,
			`Dismissed ${count(funnel.dismissed)} ${share(funnel.dismissed, funnel.shown)} of those shown`,
			`Ignored ${count(funnel.ignored)} ${share(funnel.ignored, funnel.shown)} of those shown`,
			`Gave a reason ${count(reasoned)} ${share(reasoned, all)} of all ${count(all)} answered, by e-mail too`,
			`Commented ${count(funnel.commented)} ${share(funnel.commented, funnel.answered)} of those answered`,
		]);

		const names: Readonly<Record<string, string>> = { page: "On the page", email: "E-mail" };
		const asked = channels.filter((channel) => channel.funnel.shown > 0);
		expect(asked.map(({ channel }) => channel).sort()).toEqual(["email", "page"]);
		expect(marksOf(cardOf(html, "rate")).map(({ text }) => text)).toEqual(
			asked.map(
				({ channel, base, funnel: { shown }, response_rate: { value, interval } }) =>
					`${names[channel]} ${percent(value ?? 0)} of ${count(shown)} ${base === "opened" ? "who followed a score’s link" : "shown"} · 95% interval ${percent(interval?.low ?? 0)} to ${percent(interval?.high ?? 0)}`,
			),
		);
		const [rates, dismissals] = textOf(cardOf(html, "rate")).split("Dismissal rate");
		for (const [said, { now, before, verdict }] of [
			[rates, response_rate],
			[dismissals, dismissal_rate],
		] as const) {
			expect(said).toContain(
				`${percent(now.value ?? 0)} of ${count(now.shown)} shown · 95% interval ${percent(now.interval?.low ?? 0)} to ${percent(now.interval?.high ?? 0)} · `,
			);
			if (verdict === "too_few")
				expect(said).toMatch(new RegExp(`· ${count(before.shown)} shown in the \\d+ days before too few to compare`));
			else
				expect(said).toMatch(
					new RegExp(
						`· ${percent(before.value ?? 0)} of ${count(before.shown)} in the \\d+ days before .*${verdict.replaceAll("_", " ")}`,
					),
				);
		}

		const tipping = textOf(cardOf(html, "tipping"));
		if (survey === "ces") expect(tipping).toContain("No goal is set");
		else if (tipping_point?.outcome === "value") expect(tipping).toContain(`less than ${write(tipping_point.value ?? 0)}.`);
		else
			expect(tipping).toContain({ cannot_fail: "cannot fail", already_fails: "already fails" }[String(tipping_point?.outcome)]);

		const silent = textOf(cardOf(html, "silent"));
		for (const { shown, response_rate, rest, bounds } of silent_segments)
			expect(silent).toContain(
				`${bounds ? "at most " : ""}${percent(response_rate.value ?? 0)} of ${count(shown)} customers answered, ${bounds ? "at least " : ""}${percent(rest.value ?? 0)} of the rest`,
			);
		expect(silent.includes("No group can be told")).toBe(silent_segments.length === 0);

		for (const { responses, commented, rate } of comment_rate)
			expect(marksOf(cardOf(html, "comments")).map(({ text }) => text)).toContainEqual(
				expect.stringMatching(
					new RegExp(` ${percent(rate.value ?? 0)} ${count(commented)} of ${count(responses)} · 95% interval `),
				),
			);

		const delays = cardOf(html, "delay");
		expect(delay.late_minus_early).toBeNull();
		expect(textOf(delays)).toContain("Not compared: some answered by e-mail");
		expect(marksOf(delays)).toHaveLength(delay.values.filter(({ responses }) => responses > 0).length);
		for (const { value, tier, responses } of delay.values)
			if (tier !== "hidden" && responses > 0)
				expect(textOf(delays)).toContain(` ${write(value ?? 0)} ${count(responses)} answers · `);
	});
});
