import * as z from "zod";
import { DIGEST_CHOICES, USUAL_DIGEST } from "./digest-period.ts";
import { EVENT_TYPES, WANTED_EVENTS } from "./event-contract.ts";
import { givenName, surveySlug } from "./identifier-contract.ts";
import { METRIC_NAMES, METRICS } from "./metrics.ts";
import { count } from "./score-contract.ts";

/** Endpoints one site may have, beside the hooks that automation tools make. */
export const MOST_WEBHOOKS = 5;

/** Hooks of automation tools that one site may have: each of a tool's flows makes one. */
export const MOST_HOOKS = 20;

/** Deliveries of one state that are counted, at most. */
export const COUNTED_DELIVERIES = 1_000;

/** Every group of scores, of whatever metric. */
const GROUPS = [...new Set(METRIC_NAMES.flatMap((metric) => METRICS[metric].bands.map(({ name }) => name)))] as const;

const moment = z.iso.datetime();
const segmentPair = z
	.string()
	.max(100)
	.regex(/^[a-z][a-z0-9_-]{0,31}:[^\p{C}]{1,64}$/u, "must be a segment, as key:value");
const events = z.array(z.enum(WANTED_EVENTS)).min(1).max(WANTED_EVENTS.length).describe("What is told there.");

/** Which events are told: those that pass every part that is there. An alert has no group; of a digest `surveys` says what it tells of. */
export const eventFilter = z
	.strictObject({
		surveys: z.array(surveySlug).min(1).max(20).describe("Only of these surveys."),
		groups: z.array(z.enum(GROUPS)).min(1).max(GROUPS.length).describe("Only scores of these groups."),
		segments: z
			.array(segmentPair)
			.min(1)
			.max(50)
			.describe("Only what has one of these segments, each as key:value, built in or declared."),
		digest: z.enum(DIGEST_CHOICES).describe(`Which digests, where they are told; without it ${USUAL_DIGEST}.`),
	})
	.partial()
	.meta({ id: "EventFilter" });

export type EventFilter = z.infer<typeof eventFilter>;

const settings = z.record(z.string(), z.unknown());
const comments = z.boolean().describe("Whether what customers wrote leaves the site.");

const kind = z.string().max(20).describe("webhook: a server of your own, by Standard Webhooks. Else the tool.");

export const newWebhook = z
	.strictObject({
		kind,
		name: givenName,
		settings: settings.describe("What the kind needs, such as `url`; seen again."),
		credentials: settings
			.optional()
			.describe("What the kind needs to get in; sealed and never shown. A webhook has none: its secret is made here."),
		events,
		filter: eventFilter.default({}),
		comments: comments.default(false),
	})
	.meta({
		id: "NewWebhook",
		examples: [
			{
				kind: "webhook",
				name: "Our own server",
				settings: { url: "https://hooks.your-shop.com/afterword" },
				events: ["answer.scored", "case.opened"],
				filter: { surveys: ["nps"] },
				comments: true,
			},
		],
	});

export type NewWebhook = z.infer<typeof newWebhook>;

export const webhookPatch = z
	.strictObject({
		name: givenName,
		settings: settings.describe("As a whole."),
		credentials: settings.describe("As a whole. A webhook's secret is not changed but rotated."),
		events,
		filter: eventFilter,
		comments,
		active: z.boolean().describe("false pauses; true resumes, also after it ended by itself."),
	})
	.partial()
	.meta({ id: "WebhookPatch", examples: [{ active: false }] });

export type WebhookPatch = z.infer<typeof webhookPatch>;

/** How far a delivery has come. */
export const DELIVERY_STATES = ["pending", "delivered", "dead"] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

const state = z.enum(DELIVERY_STATES).describe("dead: given up; it can be replayed for 30 days.");
const type = z.enum(EVENT_TYPES);

/** Somewhere it is told, as who manages it sees it. */
export const webhook = z
	.object({
		id: z.string(),
		kind,
		name: givenName,
		settings,
		hint: z.string().nullable().describe("The last four characters of its secret; null where it has none."),
		events: z.array(z.enum(EVENT_TYPES)),
		filter: eventFilter,
		comments,
		active: z.boolean(),
		ended: z
			.enum(["owner", "gone", "failing"])
			.nullable()
			.describe("Why it is not active: paused by its owner, the target said that it is gone, or it failed for days."),
		failing_since: moment.nullable().describe("Since when nothing has arrived though it was tried."),
		created_at: moment,
		deliveries: z
			.object({
				pending: count,
				delivered: count,
				dead: count,
				complete: z.boolean().describe("False where a state has 1,000 or more: only so many are counted."),
				oldest_pending: moment.nullable(),
				last: z.object({ id: z.string(), type, state, created_at: moment }).nullable().describe("The newest there is."),
			})
			.describe("Those that are kept: until 30 days after they ended."),
	})
	.meta({ id: "Webhook" });

export type WebhookView = z.infer<typeof webhook>;

export const webhooksReply = z.object({ webhooks: z.array(webhook) }).meta({ id: "Webhooks" });

export type WebhooksReply = z.infer<typeof webhooksReply>;

const secret = z.string().describe("whsec_ and base64; shown this once.");

export const newWebhookReply = z
	.object({
		webhook,
		secret: secret.nullable().describe("What a webhook is signed with, shown this once; null for other kinds."),
	})
	.meta({ id: "NewWebhookReply" });

export type NewWebhookReply = z.infer<typeof newWebhookReply>;

export const rotatedReply = z
	.object({ webhook, secret, previous_until: moment.describe("Until then the secret before signs too.") })
	.meta({ id: "RotatedWebhook" });

export type RotatedReply = z.infer<typeof rotatedReply>;

export const testReply = z
	.object({ delivery: z.string().describe("Its id: see what came of it there.") })
	.meta({ id: "TestSent" });

const deliveryFields = {
	id: z.string().describe("`webhook-id` of every attempt."),
	webhook: z.string().describe("The id of the webhook it goes to."),
	type,
	subject: z
		.string()
		.describe(
			"The id of the answer, case or alert it tells of; of a digest its period, such as digest:week:2026-11-16; of a test its own.",
		),
	state,
	created_at: moment,
	due_at: moment.nullable().describe("When it is tried next; null once it has ended."),
	ended_at: moment.nullable(),
	tries: count.describe("Attempts since it was made or last replayed."),
	attempts: z
		.array(
			z.object({
				at: moment,
				outcome: z
					.enum(["delivered", "failed", "refused", "gone"])
					.describe("failed: it is tried again; refused: it never will be right."),
				status: z.int().nullable().describe("What the target answered; null where it did not."),
				reason: z.string().nullable().describe("Null where it arrived."),
				ms: z.number().describe("How long it took."),
			}),
		)
		.describe("In order, the newest 30."),
};

/** One event on its way to one endpoint. */
export const delivery = z.object(deliveryFields).meta({ id: "Delivery" });

export type DeliveryView = z.infer<typeof delivery>;

export const deliveryDetails = z
	.object({
		...deliveryFields,
		body: z.unknown().describe("The event, for a key with the scope responses:read; else null."),
	})
	.meta({ id: "DeliveryDetails" });

export type DeliveryDetails = z.infer<typeof deliveryDetails>;

export const deliveriesReply = z
	.object({
		deliveries: z.array(delivery),
		next: z.string().nullable().describe("Pass as `cursor` for the older ones; null at the end."),
	})
	.meta({ id: "Deliveries" });

export type DeliveriesReply = z.infer<typeof deliveriesReply>;

/** Deliveries that one call replays, at most. */
export const REPLAYED_AT_ONCE = 1_000;

export const deliveryReplay = z
	.strictObject({
		from: moment.describe("Made then or later."),
		to: moment.describe("Made before then."),
		state: z.enum(["dead", "delivered"]).default("dead"),
		cursor: z.string().max(100).optional().describe("`next` of the call before."),
	})
	.meta({ id: "DeliveryReplay", examples: [{ from: "2026-11-21T00:00:00Z", to: "2026-11-22T00:00:00Z" }] });

export const deliveryReplayReply = z
	.object({
		replayed: count.describe("Pending again, with the same ids; at most 1,000 a call."),
		next: z.string().nullable().describe("Pass as `cursor` with the same range for the later ones; null where none is left."),
	})
	.meta({ id: "DeliveriesReplayed" });

export type DeliveryReplayReply = z.infer<typeof deliveryReplayReply>;
