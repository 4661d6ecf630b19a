import * as z from "zod";
import { isDay } from "./day.ts";
import { isSessionToken } from "./is-session-token.ts";
import {
	BODY_BYTES,
	COMMENT_CHARS,
	CONTACT_CHARS,
	DRIVERS_PER_ANSWER,
	EDIT_WINDOW_MS,
	MAX_REV,
	REFERENCE_BYTES,
	SESSION_TOKEN_CHARS,
	TOKEN_CHARS,
} from "./limits.ts";
import { LOCALE_CODES } from "./locales/index.ts";
import { METRIC_NAMES } from "./metrics.ts";
import { STATUSES } from "./outcome.ts";
import { PROBLEM_CODES, type ProblemCode } from "./problem.ts";
import { CHANNELS, DEVICES } from "./segments.ts";

/** The public key of a site as it stands in the merchant's tag: 16 random characters and 6 of checksum. */
export const publicKey = z
	.string()
	.regex(/^aw_pub_[0-9A-Za-z]{22}$/, "must be a site's public key, aw_pub_ and 22 letters or digits")
	.meta({ examples: ["aw_pub_4fJq0ZtXw9LrB2sVnKeYm7"] });

/** A survey's name in addresses and payloads. */
export const surveySlug = z
	.string()
	.regex(/^[a-z][a-z0-9-]{0,31}$/, "must be a survey's name: a small letter, then small letters, digits or -")
	.meta({ examples: ["nps"] });

/** A key of a declared segment, and the id of a reason chip. */
export const segmentKey = z
	.string()
	.regex(/^[a-z][a-z0-9_-]{0,31}$/, "must be a small letter, then small letters, digits, _ or -")
	.meta({ examples: ["delivery"] });

/** A value of a declared segment: printable, at most 64 characters. */
export const segmentValue = z
	.string()
	.regex(
		/^[^\p{C}\p{Z}](?:[^\p{C}]{0,62}[^\p{C}\p{Z}])?$/u,
		"must be 1 to 64 printable characters without a space at either end",
	);

/** An order number or another name of one transaction: a letter or digit, then letters, digits, or . _ : / - */
export const transactionReference = z
	.string()
	.regex(/^[\p{L}\p{N}][\p{L}\p{N}._:/-]*$/u, "must be letters, digits or . _ : / - after a letter or digit")
	.refine(fitsReference, `must be at most ${REFERENCE_BYTES} bytes`)
	.meta({ examples: ["1001"] });

/** A customer's number or address in the merchant's own books: printable, without a space at either end. */
export const customerReference = z
	.string()
	.regex(/^[^\p{C}\p{Z}](?:[^\p{C}]*[^\p{C}\p{Z}])?$/u, "must be printable characters without a space at either end")
	.refine(fitsReference, `must be at most ${REFERENCE_BYTES} bytes`);

/** A customer or a transaction as it may be kept: what a merchant's server has signed may hold more than what a page says. */
export const keptReference = z
	.string()
	.regex(/^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]+$/u, "must be printable characters")
	.refine(fitsReference, `must be at most ${REFERENCE_BYTES} bytes`);

/** A day local to the site. */
export const day = z
	.string()
	.refine(isDay, "must be a day, YYYY-MM-DD")
	.meta({ format: "date", examples: ["2026-11-22"] });

/** One of the languages there are. */
export const locale = z.enum(LOCALE_CODES).meta({ id: "Locale", description: "A language, by its BCP 47 tag." });

function fitsReference(text: string): boolean {
	return new TextEncoder().encode(text).length <= REFERENCE_BYTES;
}

/**
 * One revision of one ask: always the whole of it, never a patch. `score` is there exactly when the status is `answered`.
 * A higher `rev` of the same `id` replaces a lower one; the right to edit an ask is to know its `id`.
 */
export const ask = z
	.strictObject({
		v: z.literal(1).describe("Version of this payload."),
		site: publicKey.describe("The site's public key."),
		survey: surveySlug.describe("Which of the site's surveys was shown."),
		version: z.int().min(1).max(1_000_000).describe("Which version of the survey was shown."),
		id: z.uuidv4().describe("Made by the client, one per showing. Whoever knows it may edit the ask."),
		rev: z.int().min(0).max(MAX_REV).describe("Counts up by one per ask, from 0."),
		status: z.enum(STATUSES).describe("How far it came; it only climbs: shown, dismissed, answered."),
		score: z.int().min(0).max(10).optional().describe("An integer of the metric's scale: nps 0–10, csat 1–5, ces 1–7."),
		drivers: z.array(segmentKey).max(DRIVERS_PER_ANSWER).optional().describe("Ids of the chosen reasons."),
		comment: z.string().max(COMMENT_CHARS).optional().describe("Cut, not refused, when longer."),
		contact: z
			.string()
			.max(CONTACT_CHARS)
			.optional()
			.describe(
				"An e-mail address or phone number to be contacted at. Opens a case; taken only where the survey's `follow_up` offers a call back. Left out later it stays.",
			),
		transaction: transactionReference.optional().describe("The order's number."),
		token: z
			.string()
			.max(SESSION_TOKEN_CHARS)
			.refine((token) => token.length <= TOKEN_CHARS || isSessionToken(token), `must be at most ${TOKEN_CHARS} characters`)
			.optional()
			.describe(
				`A transaction signed by the merchant's server, at most ${TOKEN_CHARS} characters; from a Shopify extension its session token, at most ${SESSION_TOKEN_CHARS}.`,
			),
		customer: customerReference.optional().describe("The customer in the merchant's books; claimed, not verified."),
		segments: z.record(segmentKey, segmentValue).optional().describe("Values of the segments the owner declared."),
		channel: z.enum(CHANNELS).optional().describe("Where the question stood."),
		locale: locale.optional().describe("The language it was asked in."),
		device: z.enum(DEVICES).optional().describe("What it was asked on."),
		page: z.string().max(2_048).optional().describe("The page's address; kept as origin and path only."),
		age_ms: z.int().min(0).max(EDIT_WINDOW_MS).describe("Milliseconds since it was shown, at the time of sending."),
	})
	.meta({
		id: "Ask",
		description: `One revision of one ask, at most ${BODY_BYTES} bytes as JSON.`,
		examples: [
			{
				v: 1,
				site: "aw_pub_4fJq0ZtXw9LrB2sVnKeYm7",
				survey: "csat",
				version: 1,
				id: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
				rev: 1,
				status: "answered",
				score: 4,
				drivers: ["delivery"],
				comment: "Came a day early.",
				transaction: "1001",
				age_ms: 5200,
			},
		],
	});

/** A valid ask, as the widget sends it. */
export type Ask = z.infer<typeof ask>;

/** How an ask was taken. `dropped` names what was left out or cut, so that a merchant can mend the tag. */
export const receipt = z
	.object({
		status: z
			.enum(["stored", "duplicate", "ignored", "already_answered", "queued"])
			.describe(
				"stored: kept; duplicate: this revision was here already; ignored: it changes nothing; already_answered: this transaction has its answer; queued: taken, kept soon.",
			),
		dropped: z.array(z.string()).optional().describe("Optional fields that were left out or cut, because they were not valid."),
		score: z
			.object({
				metric: z.enum(METRIC_NAMES),
				value: z.number().describe("Rounded for display: nps and csat whole, ces to one decimal."),
				responses: z.int(),
				window: z.literal("30d"),
			})
			.optional()
			.describe("The survey's own score, if the owner shares it and at least 30 customers answered."),
	})
	.meta({ id: "Receipt" });

export type Receipt = z.infer<typeof receipt>;

/** A 95 % interval. */
export const interval = z
	.object({ low: z.number(), high: z.number(), level: z.literal(0.95), method: z.enum(["add-3", "wilson", "newcombe"]) })
	.meta({ id: "Interval", description: "95 % interval in the unit of its value." });

/** A share in percent. */
export const share = z.object({ value: z.number().nullable(), interval: interval.nullable() }).meta({ id: "Share" });

export const count = z.int().min(0);

export const tier = z.enum(["hidden", "early", "normal", "stable"]).describe("hidden < 5 answers, early < 30, stable ≥ 100.");

export const verdict = z
	.enum(["too_few", "no_detectable_change", "likely_changed", "changed"])
	.describe("No detectable change is not no change: the answers cannot tell.");

export const funnel = z
	.object({ shown: count, answered: count, dismissed: count, ignored: count, commented: count })
	.meta({ id: "Funnel", description: "Every ask that was shown is answered, dismissed or ignored." });

/** A published or privately known score to look at beside one's own. */
export const benchmark = z
	.strictObject({
		value: z.number().min(-100).max(100),
		source: z.string().trim().min(1).max(120),
		year: z.int().min(1990).max(2100),
		country: z.string().regex(/^[A-Z]{2}$/, "must be two capital letters, such as US"),
		url: z
			.url({ protocol: /^https?$/ })
			.max(300)
			.nullable(),
	})
	.meta({ id: "Benchmark" });

const window = z.object({ name: z.string(), from: z.iso.date(), to: z.iso.date(), timezone: z.string() });

/** What every figure says of the asks it covers. */
export const covers = {
	survey: surveySlug,
	version: z.int().describe("The survey's latest version."),
	versions: z.array(z.int()).describe("The versions covered: answers to different questions are pooled only if the caller asks."),
	metric: z.enum(METRIC_NAMES),
	verified: z.enum(["all", "only"]).describe("Whether unsigned answers count."),
	segment: z.string().nullable().describe("key:value, or null for everybody."),
	window,
};

/** A score of one survey over one window, with what it rests on. */
export const surveyScore = z
	.object({
		...covers,
		value: z.number().nullable().describe("nps −100…100; csat % of 4 and 5; ces mean of 1…7. Null without answers, never 0."),
		interval: interval.nullable(),
		tier,
		responses: count.describe("Answered asks, the only denominator."),
		mean: z.number().nullable(),
		groups: z.record(z.string(), count).describe("nps promoters, passives, detractors; csat satisfied, rest; ces agree, rest."),
		agree: share.optional().describe("ces only: the share that chose 5, 6 or 7."),
		distribution: z.record(z.string(), count).describe("Answers per score, every score of the scale."),
		previous: z
			.object({
				value: z.number().nullable(),
				responses: count,
				change: z.number().nullable(),
				z: z.number().nullable(),
				verdict,
			})
			.describe("The window of equal length just before."),
		goal: z
			.object({
				target: z.number(),
				verdict: z.enum(["met", "missed", "undecided"]).nullable().describe("Null below 30 answers."),
				more_responses: z.int().nullable().describe("How many more answers like these would decide it."),
			})
			.nullable()
			.describe("Null where the owner has set none."),
		baseline: z
			.object({
				status: z.enum(["provisional", "frozen"]),
				set_by: z.enum(["rule", "owner"]),
				from: z.iso.date(),
				to: z.iso.date(),
				value: z.number().nullable(),
				responses: count,
				change: z.number().nullable(),
				z: z.number().nullable(),
				verdict: verdict.nullable().describe("Null, as change and z, while the window overlaps the baseline."),
			})
			.nullable()
			.describe("The score the survey began with; null until 100 answers, and for a segment."),
		benchmarks: z.array(benchmark).describe("The owner's, then the published ones for this metric. Reference lines, not goals."),
		funnel,
	})
	.meta({ id: "SurveyScore" });

export type SurveyScore = z.infer<typeof surveyScore>;

export const scoresReply = z.object({ scores: z.array(surveyScore) }).meta({ id: "Scores" });

/** What went wrong, as RFC 9457 says it. The input is never repeated. */
export const problem = z
	.object({
		type: z.string().describe("Where the code is explained."),
		title: z.string(),
		status: z.int(),
		code: z.enum(Object.keys(PROBLEM_CODES) as [ProblemCode, ...ProblemCode[]]),
		detail: z.string().optional(),
		field: z.string().optional().describe("The field or parameter at fault; the first of `errors`."),
		errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
	})
	.meta({ id: "Problem" });

export type Problem = z.infer<typeof problem>;
