import { daysIn } from "../../shared/day.ts";
import type { DigestEventData, DigestSurvey } from "../../shared/digest-contract.ts";
import { METRICS } from "../../shared/metrics.ts";
import { figuresOf } from "../dashboard/figure.ts";
import { besideScore } from "../dashboard/overview/beside-score.ts";
import { changeLine } from "../dashboard/overview/change-line.ts";
import { words as overviewWords } from "../dashboard/overview/words.ts";
import { type Reader, readerIn, USUAL_LOCALE } from "../dashboard/reader.ts";
import { words as reportWords } from "../dashboard/report/words.ts";
import { keyName, valueName } from "../dashboard/segment-name.ts";
import { isolated } from "../isolated.ts";
import { digestWords as words } from "./digest-words.ts";
import { plainLine, plainLines } from "./plain-text.ts";

/** One survey of a digest in words. */
export interface ToldSurvey {
	readonly name: string;
	/** The score: "81%"; a dash where there are too few answers. */
	readonly figure: string;
	/** How sure it is and what stands beside it: its interval, its mean or the share that agrees, its tier. */
	readonly sureness: string;
	/** What to take from it. */
	readonly sentence: string;
	/** What it rests on and is held against, name and value. */
	readonly facts: readonly (readonly [name: string, value: string])[];
}

/** A digest in words for people, all of it plain text: each destination makes its own markup of it. */
export interface ToldDigest {
	/** Of which shop and days it is, in one line. */
	readonly headline: string;
	/** What to take from the shop; null where the only survey says it. */
	readonly lead: string | null;
	readonly surveys: readonly ToldSurvey[];
	/** How low answers were followed up; null where there was nothing to follow up. */
	readonly cases: string | null;
	/** Comments, each with what was said of its score before it. */
	readonly comments: readonly { readonly about: string; readonly text: string }[];
	/** How to read it. */
	readonly method: string;
	readonly url: string | null;
}

/** Tells a digest, in the words of the owner's overview. */
export function toldDigest(data: DigestEventData): ToldDigest {
	const reader = readerIn(USUAL_LOCALE, data.period.timezone);
	return {
		headline: digestHeadline(data),
		lead: data.surveys.length > 1 ? plain(data.headline) : null,
		surveys: data.surveys.map((survey) => toldSurvey(survey, daysIn(data.period.from, data.period.to), reader)),
		cases: toldCases(data.cases, reader),
		comments: data.comments.map(({ survey: slug, score, mood, comment }) => {
			const survey = data.surveys.find((each) => each.survey === slug);
			const about = survey ? reportWords.score(reportWords.moods[mood], score, METRICS[survey.metric].max) : String(score);
			return { about: survey ? `${plain(survey.name)}, ${about}` : about, text: plainLines(comment) };
		}),
		method: reportWords.method,
		url: data.url,
	};
}

/** Of which shop and days a digest is, in one line. */
export function digestHeadline({ site, period: { kind, from, to } }: Pick<DigestEventData, "site" | "period">): string {
	const shop = isolated(plainLine(site.name));
	const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(USUAL_LOCALE, { timeZone: "UTC", ...options });
	const [first, last] = [Date.parse(from), Date.parse(to)];
	return kind === "month"
		? words.month(shop, format({ month: "long", year: "numeric" }).format(first))
		: words.week(
				shop,
				format({ day: "numeric", month: "long", year: "numeric" })
					.formatRange(first, last)
					.replace(/\s/gu, " ")
					.replace(/^(\d+) – (?=\d+ \S+ \d+$)/u, "$1–"),
			);
}

/** @param days of the period */
function toldSurvey(survey: DigestSurvey, days: number, reader: Reader): ToldSurvey {
	const { metric, value, interval, tier } = survey;
	const write = figuresOf(metric, reader).value;
	const hidden = value === null || interval === null;
	const sure = hidden
		? [overviewWords.hiddenValue]
		: [
				overviewWords.interval(write(interval.low), write(interval.high)),
				besideScore({ ...survey, mean: survey.mean ?? null }, reader), // One that an earlier release kept has none.
				overviewWords.tiers[tier],
			];
	return {
		name: plain(survey.name),
		figure: hidden ? overviewWords.noValue : write(value),
		sureness: sure.filter((part) => part).join(", "),
		sentence: plain(survey.sentence),
		facts: factsOf(survey, days, reader).flatMap(([name, text]) => (text ? [[name, text] as const] : [])),
	};
}

/** Reasons a digest names of one survey. */
const REASONS = 4;

/** What a survey's score rests on and is held against; null where there is nothing to say. */
function factsOf(survey: DigestSurvey, days: number, reader: Reader): (readonly [name: string, value: string | null])[] {
	const { metric, tier, change, verdict, before, goal, baseline, drivers } = survey;
	const { short, formula } = overviewWords.metrics[metric];
	const figures = figuresOf(metric, reader);
	const percent = (share: number) => reader.percent(share / 100);
	const said = (by: number, how: keyof typeof overviewWords.verdicts) => `${figures.change(by)}, ${overviewWords.verdicts[how]}`;
	const changed = changeLine({ metric, tier, previous: { ...before, change, verdict } }, days, reader);
	const silent = survey.silent_segment;
	return [
		[short, formula],
		[overviewWords.responses, answersOf(survey, reader)],
		[
			overviewWords.change,
			changed === null || change === null ? changed : overviewWords.judged(changed, overviewWords.verdicts[verdict]),
		],
		[
			overviewWords.goal,
			goal &&
				`${figures.value(goal.target)}, ${goal.verdict ? overviewWords.goalVerdicts[goal.verdict] : overviewWords.goalEarly}`,
		],
		[
			overviewWords.baseline,
			baseline?.value == null
				? null
				: baseline.not_compared
					? `${figures.value(baseline.value)}. ${overviewWords.notCompared[baseline.not_compared]}`
					: [
							figures.value(baseline.value),
							...(baseline.change !== null && baseline.verdict !== null ? [said(baseline.change, baseline.verdict)] : []),
						].join("; "),
		],
		[
			overviewWords.rooms.drivers,
			drivers
				.slice(0, REASONS)
				.map(({ name, impact }) => `${isolated(plainLine(name))} ${overviewWords.points(metric, figures.change(impact))}`)
				.join("; "),
		],
		[
			overviewWords.rooms.silence,
			silent &&
				overviewWords.silent(
					isolated(plainLine(valueName(silent.key, silent.name))),
					isolated(plainLine(keyName(silent.key))),
					percent(silent.response_rate),
					percent(silent.rest),
					silent.bounds,
				),
		],
	];
}

/** How many answers, how many of them by e-mail, and what share of the others asked that is. */
function answersOf({ responses, emailed, response_rate: { value } }: DigestSurvey, reader: Reader): string {
	const rate = value === null ? null : reader.percent(value / 100);
	// A digest that was made before an upgrade says nothing of e-mails.
	return words.answers(reader.number(responses), rate, emailed > 0 ? reader.number(emailed) : null);
}

function toldCases(
	{ opened, contacted, resolved, time_to_contact_ms: time, unresolved, overdue }: DigestEventData["cases"],
	reader: Reader,
): string | null {
	if (opened + unresolved === 0) return null;
	const n = (count: number) => reader.number(count);
	const became = opened === 0 ? reportWords.noneOpened : words.became(n(opened), n(contacted), n(resolved));
	const within = time === null ? null : words.within(reader.span(time));
	return [became, ...(within ? [within] : []), words.open(n(unresolved), n(overdue))].join(" ");
}

/** A line of ours, in which names of the shop's stand in marks of their own: those marks stay, control characters do not. */
const plain = (line: string) =>
	line
		.toWellFormed()
		.replace(/[\u202A-\u202E\u2066\u2067]|[\p{Cc}\s]+/gu, (found) => (/\s/.test(found) ? " " : ""))
		.trim();
