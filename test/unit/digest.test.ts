import { describe, expect, test } from "vitest";
import { dayOf } from "../../shared/day.ts";
import { type DigestEventData, digestEventData } from "../../shared/digest-contract.ts";
import { DIGEST_CHOICES, digestPeriods, wantsDigest } from "../../shared/digest-period.ts";
import { emailDigest } from "../../worker/deliver/email-digest.tsx";
import { slackDigest } from "../../worker/deliver/slack-digest.ts";
import { toldDigest } from "../../worker/deliver/told-digest.ts";
import { SAMPLE_DIGEST } from "../../worker/sample-digest.ts";

const periods = (today: string) => digestPeriods(today).map(({ kind, from, to }) => `${kind} ${from} to ${to}`);

describe("what is told of on a day", () => {
	test.each([
		["2026-11-22", []], // a Sunday
		["2026-11-23", ["week 2026-11-16 to 2026-11-22"]],
		["2026-11-26", ["week 2026-11-16 to 2026-11-22"]],
		["2026-11-27", []],
		["2026-06-01", ["week 2026-05-25 to 2026-05-31", "month 2026-05-01 to 2026-05-31"]],
		["2026-03-04", ["week 2026-02-23 to 2026-03-01", "month 2026-02-01 to 2026-02-28"]],
		["2026-03-05", ["week 2026-02-23 to 2026-03-01"]],
		["2028-03-01", ["week 2028-02-21 to 2028-02-27", "month 2028-02-01 to 2028-02-29"]],
		["2027-01-01", ["month 2026-12-01 to 2026-12-31"]],
	])("%s: %j", (today, told) => {
		expect(periods(today)).toEqual(told);
	});

	test("every week and every month has its four days, over years of them", () => {
		const days = new Map<string, number>();
		for (let ms = Date.parse("2026-01-05"); ms < Date.parse("2029-01-01"); ms += 86_400_000)
			for (const period of periods(new Date(ms).toISOString().slice(0, 10))) days.set(period, (days.get(period) ?? 0) + 1);
		expect([...days.values()].filter((n) => n !== 4)).toEqual([]);
		expect([...days.keys()].filter((period) => period.startsWith("month"))).toHaveLength(35);
		expect([...days.keys()].filter((period) => period.startsWith("week"))).toHaveLength(156);
	});

	test("is the site's own day, also where the clock is changed that night", () => {
		const at = Date.parse("2026-11-02T07:59:00Z"); // Los Angeles left daylight saving the day before.
		expect(periods(dayOf(at, "America/Los_Angeles"))).toEqual(["month 2026-10-01 to 2026-10-31"]);
		expect(periods(dayOf(at + 60_000, "America/Los_Angeles"))).toContain("week 2026-10-26 to 2026-11-01");
		const kiritimati = Date.parse("2026-11-22T10:00:00Z");
		expect(periods(dayOf(kiritimati - 1, "Pacific/Kiritimati"))).toEqual([]);
		expect(periods(dayOf(kiritimati, "Pacific/Kiritimati"))).toEqual(["week 2026-11-16 to 2026-11-22"]);
	});

	test("goes to who chose it, weekly where nothing was chosen", () => {
		const chosen = [undefined, ...DIGEST_CHOICES].map((choice) => [wantsDigest(choice, "week"), wantsDigest(choice, "month")]);
		expect(chosen).toEqual([
			[true, false],
			[true, false],
			[false, true],
			[true, true],
		]);
	});
});

const digest = (changes: Partial<DigestEventData> = {}): DigestEventData => ({ ...SAMPLE_DIGEST, ...changes });
const [csat, nps] = SAMPLE_DIGEST.surveys as [DigestEventData["surveys"][number], DigestEventData["surveys"][number]];

describe("a digest in words", () => {
	test("the sample of the document is what the document says", () => {
		expect(digestEventData.parse(SAMPLE_DIGEST)).toEqual(SAMPLE_DIGEST);
	});

	test("says which days, the shop's line, and of each survey figure, interval and line", () => {
		const { headline, lead, surveys, cases, comments } = toldDigest(digest());
		expect(headline).toBe("\u2068Harbour & Pine\u2069: the week of 16–22 November 2026");
		expect(lead).toBe(SAMPLE_DIGEST.headline);
		expect(surveys).toEqual([
			{
				name: "CSAT",
				figure: "73%",
				sureness: "95% interval 66% to 80%, mean 3.9 of 5, stable",
				sentence: csat.sentence,
				facts: [
					["CSAT", "share of answers 4 and 5 of 5"],
					["Answers", "139, 24% of those asked"],
					["Change", "−11 from 84% in the 7 days before (146 answers): likely changed"],
					["Goal", "80%, undecided"],
					["Baseline", "82%; −9, likely changed"],
					["Drivers", "\u2068Delivery\u2069 −9 points"],
					["Silence", "Customers of “\u2068Phone\u2069” (\u2068Device\u2069) answer less often than the rest: 18% against 30%."],
				],
			},
			{
				name: "NPS",
				figure: "+33",
				sureness: "95% interval −8 to +61, mean 7.8 of 10, early",
				sentence: nps.sentence,
				facts: [
					["NPS", "promoters minus detractors, −100 to 100"],
					["Answers", "12, 20% of those asked"],
				],
			},
		]);
		expect(cases).toBe("Opened: 9, of them contacted: 7, resolved: 5. Half were contacted within 5 hrs. 6 open now, 1 overdue.");
		expect(comments).toEqual([{ about: "CSAT, Low: 2 of 5", text: "It came two days late." }]);
	});

	test("says how many answers came by e-mail, which the response rate leaves out", () => {
		const silent = { key: "device", name: "phone", response_rate: 18.2, rest: 29.5, bounds: true };
		const [survey] = toldDigest(digest({ surveys: [{ ...csat, emailed: 60, silent_segment: silent }] })).surveys;
		expect(survey?.facts).toContainEqual(["Answers", "139 (60 by e-mail), 24% of those asked elsewhere"]);
		expect(survey?.facts.at(-1)?.[1]).toMatch(/answer less often than the rest: at most 18% against at least 30%\.$/);
	});

	test("says why a survey is not compared with its baseline", () => {
		const baseline = { value: 10, change: null, verdict: null, not_compared: "counts_all" } as const;
		const [survey] = toldDigest(digest({ surveys: [{ ...nps, tier: "normal", responses: 40, baseline }] })).surveys;
		expect(survey?.facts).toContainEqual([
			"Baseline",
			"+10. It counts all answers, this window the signed ones, so the two are not compared.",
		]);
	});

	test("a month has its name, weeks over two months both, and one survey says its line once", () => {
		const period = { ...SAMPLE_DIGEST.period, kind: "month", from: "2026-10-01", to: "2026-10-31" } as const;
		const { headline, lead } = toldDigest(digest({ period, surveys: [nps] }));
		expect([headline, lead]).toEqual(["\u2068Harbour & Pine\u2069: October 2026", null]);
		const week = { ...SAMPLE_DIGEST.period, from: "2026-11-30", to: "2026-12-06" };
		expect(toldDigest(digest({ period: week })).headline).toMatch(/: the week of 30 November\s–\s6 December 2026$/u);
	});

	test("says how many answers there were before also where they are too few to compare", () => {
		const few = { ...csat, change: null, verdict: "too_few", before: { value: 84.2, responses: 12 } } as const;
		expect(toldDigest(digest({ surveys: [few] })).surveys[0]?.facts).toContainEqual([
			"Change",
			"Too few answers to compare: 12 in the 7 days before.",
		]);
	});

	test("has the share that agrees beside a mean of ces, and neither where an earlier release has kept none", () => {
		const agree = { value: 78.4, interval: { low: 70.6, high: 84.6, level: 0.95, method: "wilson" } } as const;
		const interval = { low: 5.2, high: 5.77, level: 0.95, method: "add-3" } as const;
		const ces = { ...csat, metric: "ces", value: 5.5, mean: 5.5, interval, agree } as const;
		const { mean: _, ...kept } = csat;
		const [now, before] = toldDigest(digest({ surveys: [ces, kept as typeof csat] })).surveys;
		expect(now?.sureness).toBe("95% interval 5.2 to 5.8, 78% agree (71% to 85%), stable");
		expect(now?.facts[0]).toEqual(["CES", "mean of 1 to 7, 7 is the easiest"]);
		expect(before?.sureness).toBe("95% interval 66% to 80%, stable");
	});

	test("what is hidden stays hidden, and where nothing was followed up nothing is said of it", () => {
		const hidden = {
			...csat,
			value: null,
			interval: null,
			tier: "hidden",
			mean: null,
			responses: 3,
			goal: null,
			baseline: null,
		} as const;
		const nobody = { opened: 0, contacted: 0, resolved: 0, time_to_contact_ms: null, unresolved: 0, overdue: 0 };
		const { surveys, cases } = toldDigest(digest({ surveys: [hidden], cases: nobody }));
		expect([surveys[0]?.figure, surveys[0]?.sureness, cases]).toEqual(["–", "Shown from 5 answers on", null]);
	});

	test("what the shop or its customers call things turns nothing and calls nobody", () => {
		const evil = "<!channel> \u202E<b>x</b>\r\nBcc: a@b.example";
		const data = digest({
			site: { id: "x", name: evil },
			surveys: [{ ...csat, sentence: `\u2068${evil}\u2069 goes with it.`, drivers: [{ id: "x", name: evil, impact: -1 }] }],
			comments: SAMPLE_DIGEST.comments.map((each) => ({ ...each, comment: evil })),
		});
		const posted = JSON.stringify(slackDigest(data));
		expect(posted).not.toMatch(/<!channel|<b>|\u202E/);
		expect(posted.match(/<https/g)).toHaveLength(1);
		const { subject, text, html } = emailDigest(data);
		expect(subject).toMatch(/^<!channel> .*: the week of/);
		expect(subject).not.toMatch(/[\r\n\u2066-\u2069\u202E]/);
		expect(html).not.toMatch(/<b>|\u202E/);
		expect(text).not.toMatch(/\r|\u202E/);
	});

	test("twenty long surveys and comments are within what Slack takes", () => {
		const long = "x".repeat(5_000);
		const surveys = Array.from({ length: 20 }, () => ({
			...csat,
			name: "a".repeat(40),
			sentence: `${long}&&&&`,
			drivers: Array.from({ length: 8 }, () => ({ id: "x", name: "&".repeat(120), impact: -1 })),
		}));
		const comments = SAMPLE_DIGEST.comments.map((each) => ({ ...each, comment: long }));
		const { blocks, text } = slackDigest(digest({ headline: long, surveys, comments }));
		expect(blocks.length).toBeLessThanOrEqual(50);
		const texts = blocks.flatMap((block) => ("text" in block ? [block.text.text] : []));
		expect(texts.filter((each) => each.length > 3_000)).toEqual([]);
		expect(text.length).toBeLessThanOrEqual(1_000);
	});

	test("a mail says the same in plain text and in HTML, and a comment stands in its own direction", () => {
		const comments = [{ id: "x", survey: "csat", score: 5, mood: "high", comment: "وصل مبكرًا" } as const];
		const { subject, text, html } = emailDigest(digest({ comments }));
		expect(subject).toBe("Harbour & Pine: the week of 16–22 November 2026");
		for (const said of [SAMPLE_DIGEST.headline, csat.sentence, nps.sentence, "−11 from 84% in the 7 days before (146 answers)"]) {
			expect(text).toContain(said);
			expect(html).toContain(said);
		}
		expect(text).toContain("\nCSAT, High: 5 of 5\n> وصل مبكرًا\n");
		expect(html).toMatch(/<blockquote dir="rtl"[^>]*border-right/);
	});
});
