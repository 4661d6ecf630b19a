import * as z from "zod";
import {
	customerReference,
	locale,
	publicKey,
	segmentKey,
	segmentValue,
	surveySlug,
	transactionReference,
} from "./identifier-contract.ts";
import { isSessionToken } from "./is-session-token.ts";
import {
	BODY_BYTES,
	COMMENT_CHARS,
	CONTACT_CHARS,
	DRIVERS_PER_ANSWER,
	EDIT_WINDOW_MS,
	MAX_REV,
	SESSION_TOKEN_CHARS,
	TOKEN_CHARS,
} from "./limits.ts";
import { METRIC_NAMES } from "./metrics.ts";
import { STATUSES } from "./outcome.ts";
import { CHANNELS, DEVICES } from "./segments.ts";

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
