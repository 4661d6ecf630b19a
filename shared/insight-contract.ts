import * as z from "zod";
import { surveySlug } from "./identifier-contract.ts";
import { baselineScope, count, covers, funnel, interval, share, tier, verdict } from "./score-contract.ts";

const base = covers;
const number = z.number().nullable();

/** A survey's rolling score along a range of days. */
export const series = z
	.object({
		...base,
		window: z.object({ name: z.string(), days: z.int() }).describe("Each point covers so many days, ending on its own."),
		from: z.iso.date(),
		to: z.iso.date(),
		timezone: z.string(),
		step: z.enum(["day", "week", "month"]),
		points: z
			.array(z.object({ day: z.iso.date(), value: number, interval: interval.nullable(), tier, responses: count }))
			.describe("In order. Where nobody answered, the value is null: a gap, not a zero."),
	})
	.meta({ id: "Series" });

export type Series = z.infer<typeof series>;

export const seriesReply = z.object({ series: z.array(series) }).meta({ id: "SeriesReply" });

const difference = z.object({ value: z.number(), interval, z: z.number() });

/** The values of one segment of one survey. */
export const segments = z
	.object({
		...base,
		key: z.string(),
		everybody: z.object({
			value: number,
			interval: interval.nullable(),
			tier,
			responses: count,
			shown: count.describe("Without imports and those by e-mail."),
			response_rate: share.describe("Of those."),
			emailed: count.describe("Asks by e-mail: who followed a score's link, of whom nearly all answer."),
		}),
		values: z.array(
			z.object({
				name: z.string(),
				value: number,
				interval: interval.nullable(),
				tier,
				responses: count,
				shown: count
					.nullable()
					.describe("Those by e-mail too. Imports are left out; null for a delay, which is known of answers only."),
				response_rate: share.describe(
					"Of a key other than channel null where somebody was asked by e-mail: which of a value's asks those are is not counted.",
				),
				difference: difference.nullable().describe("This value minus everybody else; null below 30 answers on either side."),
				verdict: verdict.describe("By Benjamini–Hochberg at 10 % over the values shown, from 50 answers on either side."),
			}),
		),
	})
	.meta({ id: "Segments" });

export type Segments = z.infer<typeof segments>;

export const segmentsReply = z.object({ segments: z.array(segments) }).meta({ id: "SegmentsReply" });

/** The reasons of one survey's answers. */
export const drivers = z
	.object({
		...base,
		responses: count.describe("Answers with at least one reason: the base of every share here."),
		value: number.describe("The score of that base."),
		drivers: z
			.array(
				z.object({
					id: z.string(),
					responses: count,
					reach: z.number().describe("Share of the base that chose it, 0 to 1."),
					contrast: number.describe("Score of those who chose it minus score of those who did not. Association, not cause."),
					interval: interval.nullable().describe("Of the contrast."),
					impact: number.describe("Score of the base minus score without those who chose it: reach × contrast."),
					verdict: verdict.describe(
						"likely_changed: tells the scores apart; no_detectable_change: not distinguishable; too_few: below 50 on a side.",
					),
					rank: z.int().nullable(),
					quadrant: z.enum(["fix_first", "watch", "protect", "keep"]).nullable(),
				}),
			)
			.describe("The greatest impact first; those that cannot be told apart behind."),
	})
	.meta({ id: "Drivers" });

export type Drivers = z.infer<typeof drivers>;

export const driversReply = z.object({ drivers: z.array(drivers) }).meta({ id: "DriversReply" });

/** A share of the asks that were shown. */
const rate = z
	.object({ ...share.shape, shown: count.describe("The asks it is a share of.") })
	.meta({ id: "Rate", description: "A share in percent of the asks that were shown." });

const trend = z.object({ now: rate, before: rate, z: number, verdict });

/** What the customers of one survey do not say. */
export const silence = z
	.object({
		...base,
		channels: z
			.array(
				z.object({
					channel: z.string(),
					base: z
						.enum(["shown", "opened"])
						.describe(
							"What the first count means. shown: the question was seen. opened: somebody followed a score's link in an e-mail; of mails that were only read nobody hears, and nearly all of these answer.",
						),
					funnel,
					response_rate: share,
				}),
			)
			.describe("Imports are left out: nobody was silent there. E-mail is in no other figure here, but where that is said."),
		funnel: funnel.describe("Of every channel but e-mail."),
		reasoned: count.describe("Answers with at least one reason, those by e-mail too: reasons are not counted by channel."),
		response_rate: trend.describe("Without e-mail; against the window of equal length just before."),
		dismissal_rate: trend.describe("Without e-mail."),
		tipping_point: z
			.object({
				goal: z.number(),
				outcome: z.enum(["value", "cannot_fail", "already_fails"]),
				value: number.describe("The score at which the silent customers would make the goal fail."),
			})
			.nullable()
			.describe("Without e-mail. Null without a goal, without answers, or where nobody was silent."),
		silent_segments: z
			.array(
				z.object({
					key: z.string(),
					name: z.string(),
					shown: count,
					response_rate: share,
					rest: share,
					z: z.number(),
					bounds: z
						.boolean()
						.describe(
							"Whether somebody was asked by e-mail, and which of the value's asks those are is not counted: then response_rate is the most it can be without them, and rest the least.",
						),
				}),
			)
			.describe("Values that answer significantly less often than everybody else, the most silent first."),
		comment_rate: z
			.array(z.object({ group: z.string(), responses: count, commented: count, rate: share }))
			.describe("Without e-mail."),
		delay: z
			.object({
				values: z.array(z.object({ delay: z.string(), value: number, interval: interval.nullable(), tier, responses: count })),
				late_minus_early: difference
					.nullable()
					.describe(
						"Answers after the first hour minus those within it; null below 30 on a side, and where some came by e-mail: their time begins with the click, so that they are early ones of another kind.",
					),
				verdict,
			})
			.describe("Late answerers resemble the silent more than early ones do."),
	})
	.meta({ id: "Silence" });

export type Silence = z.infer<typeof silence>;

export const silenceReply = z.object({ silence: z.array(silence) }).meta({ id: "SilenceReply" });

const arm = z.object({ from: z.iso.date(), to: z.iso.date(), value: number, responses: count });

/** One alert, from the day it opened to the day it cleared. */
export const episode = z
	.object({
		id: z.string(),
		survey: surveySlug,
		version: z.int(),
		segment: z.string().nullable().describe("key:value, or null for the whole survey."),
		direction: z.enum(["up", "down"]),
		opened_on: z.iso.date(),
		cleared_on: z.iso.date().nullable().describe("Null while it is open."),
		z: z.number().describe("Standard errors between the two windows on the day it opened."),
		recent: arm.describe("The 28 days up to the opening."),
		reference: arm.describe("The 84 days before them."),
	})
	.meta({ id: "Episode" });

export type EpisodeView = z.infer<typeof episode>;

export const alertsReply = z.object({ alerts: z.array(episode) }).meta({ id: "Alerts" });

/** A baseline as it is kept. */
export const keptBaseline = z
	.object({
		version: z.int(),
		verified: baselineScope,
		status: z.enum(["provisional", "frozen"]),
		set_by: z.enum(["rule", "owner"]),
		set_at: z.iso.datetime(),
		from: z.iso.date(),
		to: z.iso.date(),
		value: number,
		responses: count,
	})
	.meta({ id: "Baseline" });

export const baselinesReply = z
	.object({ baselines: z.array(keptBaseline).describe("The newest first; the first of a version is in force.") })
	.meta({ id: "Baselines" });
