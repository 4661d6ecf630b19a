import { addDays, type Day, dayOf } from "../../shared/day.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { Channel, DeclaredSegments, Device } from "../../shared/segments.ts";
import type { LoadedAsk } from "../load-asks.ts";
import { commentPicker, type SampleLocale } from "./comment-picker.ts";
import type { Mood } from "./sample-comments.ts";
import { sampleOpinion } from "./sample-opinion.ts";
import { type Chance, seededChance } from "./seeded-chance.ts";

/** What the demo site declares. */
export const DEMO_SEGMENTS = {
	customer_type: ["new", "returning"],
	region: ["north", "centre", "south", "islands"],
} as const satisfies DeclaredSegments;

const HOUR_MS = 60 * 60 * 1000;

/** Showings on an average day, the share that answers, and the share of the others that closes the question. */
const SURVEYS = {
	csat: { shown: 46, answer: 0.35, dismiss: 0.22 },
	nps: { shown: 16, answer: 0.32, dismiss: 0.03 },
	ces: { shown: 10, answer: 0.32, dismiss: 0.15 },
} as const satisfies Record<MetricName, object>;

/** Sunday first. */
const WEEK = [1.14, 1.04, 1.0, 0.98, 0.95, 0.9, 0.99];

/** Midnight first. */
const HOURS = [2, 1, 0, 0, 0, 1, 2, 5, 8, 9, 10, 10, 13, 14, 10, 9, 9, 10, 12, 15, 19, 21, 16, 7].map(
	(n, hour) => [hour, n] as const,
);

type Segments = typeof DEMO_SEGMENTS;
type Shares<T> = readonly (readonly [item: T, share: number])[];

const REGIONS: Shares<Segments["region"][number]> = [
	["north", 38],
	["centre", 26],
	["south", 21],
	["islands", 15],
];

const DEVICES: Shares<Device> = [
	["phone", 65],
	["desktop", 28],
	["tablet", 7],
];

/** How often an answer comes with words. */
const COMMENT_RATE: Readonly<Record<Mood, number>> = { happy: 0.2, mixed: 0.28, unhappy: 0.42 };

/**
 * The asks of a believable shop over the last `days` local days, oldest first, none of it in the future. The same options
 * give the same asks. `now` is in Unix milliseconds.
 */
export function* sampleAsks(options: { now: number; timeZone: string; days?: number; seed?: number }): Generator<LoadedAsk> {
	const { now, timeZone, days = 90, seed = 1001 } = options;
	const chance = seededChance(seed);
	const comment = commentPicker(chance);
	const today = dayOf(now, timeZone);
	let order = 1000;
	for (let age = days - 1; age >= 0; age--) {
		const day = addDays(today, -age);
		const growth = 1.08 - 0.16 * (age / days);
		for (const { survey, shownAt } of showingsOn(day, timeZone, growth, chance)) {
			if (shownAt > now) break;
			const mailed = survey === "ces" && chance.happens(0.3);
			if (!mailed) order++;
			const customerType = chance.happens(0.42) ? "returning" : "new";
			const region = chance.pick(REGIONS);
			const device = chance.pick(DEVICES);
			const locale: SampleLocale = chance.happens(0.07) ? "ar" : "en";
			const opinion = sampleOpinion(survey, { age, region, customerType }, chance);
			const delayMs = answerDelay(survey, mailed, chance);
			const willing = chance.happens(SURVEYS[survey].answer * eagernessOf(customerType, device));
			const answered = willing && shownAt + delayMs <= now;
			// A mail is heard of only when somebody follows a score's link in it, which is to answer.
			const channel: Channel = survey === "nps" ? "hosted" : mailed && answered ? "email" : "page";
			const dismissed = !willing && chance.happens(SURVEYS[survey].dismiss);
			const wordy = answered && chance.happens(COMMENT_RATE[opinion.mood]);
			yield {
				survey,
				status: answered ? "answered" : dismissed ? "dismissed" : "shown",
				score: answered ? opinion.score : null,
				drivers: answered ? opinion.drivers : [],
				comment: wordy ? comment(opinion.mood, opinion.theme, locale) : null,
				segments: { channel, locale, device, customer_type: customerType, region },
				transaction: mailed ? null : `AW-${order}`,
				shownAt,
				answeredAfterMs: answered ? delayMs : null,
				page: channel === "page" ? pageIn(locale) : null,
			};
		}
	}
}

interface Showing {
	survey: MetricName;
	shownAt: number;
}

/** When each survey was shown on one local day, in order. */
function showingsOn(day: Day, timeZone: string, growth: number, chance: Chance): Showing[] {
	const midnight = midnightOf(day, timeZone);
	const rhythm = growth * (WEEK[new Date(day).getUTCDay()] ?? 1);
	const showings: Showing[] = [];
	for (const survey of ["csat", "nps", "ces"] as const) {
		const count = Math.round(SURVEYS[survey].shown * rhythm * chance.around(1, 0.06));
		for (let i = 0; i < count; i++) {
			const hour = chance.pick(HOURS) + chance.random();
			showings.push({ survey, shownAt: midnight + Math.floor(hour * HOUR_MS) });
		}
	}
	return showings.sort((a, b) => a.shownAt - b.shownAt);
}

/** Midnight in a time zone by the offset it has at noon: hours before a change of the clocks are off by one, the others exact. */
function midnightOf(day: Day, timeZone: string): number {
	const utc = Date.parse(day);
	const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(utc + 12 * HOUR_MS);
	const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
	const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(offset) ?? [];
	const ahead = Number(hours ?? 0) * HOUR_MS + (Number(minutes ?? 0) * HOUR_MS) / 60;
	return sign === "-" ? utc + ahead : utc - ahead;
}

/** Who knows the shop answers more readily, and so does who has a keyboard. */
function eagernessOf(customerType: string, device: Device): number {
	return (customerType === "returning" ? 1.15 : 0.89) * (device === "desktop" ? 1.12 : 0.96);
}

/** Milliseconds until the answer: seconds on the shop's page and from a mail; on the survey's own page mostly seconds too, sometimes days. */
function answerDelay(survey: MetricName, mailed: boolean, chance: Chance): number {
	if (survey !== "nps" || chance.happens(0.82)) {
		return Math.round(Math.max(2_000, chance.around(survey === "nps" || mailed ? 30_000 : 12_000, 0.8)));
	}
	const [from, to] = chance.pick([
		[[1, 24], 12],
		[[24, 72], 5],
		[[72, 160], 2],
	]);
	return Math.round((from + (to - from) * chance.random()) * HOUR_MS);
}

function pageIn(locale: SampleLocale): string {
	return locale === "ar" ? "https://conca.example/ar/thank-you" : "https://conca.example/thank-you";
}
