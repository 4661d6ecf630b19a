import * as z from "zod";
import { isTimeZone } from "./day.ts";
import { givenName, locale, publicKey, segmentKey, segmentValue, surveySlug } from "./identifier-contract.ts";
import { SEGMENT_KEYS, SEGMENT_VALUES } from "./limits.ts";
import { count } from "./score-contract.ts";
import { RESERVED_KEYS } from "./segments.ts";
import { tokenDays, tokenMode } from "./signing-contract.ts";

const timezone = z
	.string()
	.max(64)
	.refine(isTimeZone, "must be a time zone's IANA name, such as Europe/Rome")
	.meta({ examples: ["Europe/Rome"] });

/** A page's origin: scheme, host and port, nothing behind; one leading `*.` stands for every subdomain. */
export const origin = z
	.string()
	.max(255)
	.regex(
		/^https?:\/\/(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/,
		"must be an address such as https://shop.example or https://*.shop.example, in small letters and without a path",
	);

const origins = z.array(origin).max(50);

const segments = z
	.record(
		segmentKey.refine(
			(key) => !RESERVED_KEYS.some((reserved) => reserved === key),
			`must not be one of ${RESERVED_KEYS.join(", ")}`,
		),
		z.array(segmentValue).max(SEGMENT_VALUES),
	)
	.refine((keys) => Object.keys(keys).length <= SEGMENT_KEYS, `must have at most ${SEGMENT_KEYS} keys`);

const ingest = z
	.enum(["direct", "queue"])
	.describe("queue: answers are taken at once and written a moment later, in hundreds; for shops with very many.");

const identitiesMonths = z
	.int()
	.min(1)
	.max(36)
	.describe("Months after which an answer loses comment, customer, transaction and page; its score, reasons and segments stay.");
const rowsMonths = z
	.int()
	.min(1)
	.max(120)
	.describe("Months after which the answer itself goes; daily counts are kept for ever. At least identities_months.");

/** A site as its owner sees it. */
export const site = z
	.object({
		id: z.string(),
		public_key: publicKey,
		name: givenName,
		timezone: timezone.describe("Decides the day an ask belongs to; changing it moves nothing already counted."),
		locale: locale.describe("The language used where nothing else decides."),
		locales: z.array(locale).min(1).describe("The languages sent with the widget; the default is always one."),
		default_survey: surveySlug,
		origins: origins.describe("Origins whose pages may send answers; the collector's own is always one."),
		segments: segments.describe("Segment keys with their values; any other value counts as `other`, any other key is dropped."),
		token_mode: tokenMode,
		token_days: tokenDays,
		ingest,
		retention: z
			.object({ identities_months: identitiesMonths, rows_months: rowsMonths })
			.describe("Calendar months on the site's own days. What is gone does not come back with a longer time."),
		created_at: z.iso.datetime(),
	})
	.meta({ id: "Site" });

export type SiteView = z.infer<typeof site>;

export const newSite = z
	.strictObject({ name: givenName, origins, timezone: timezone.default("UTC"), locale: locale.default("en") })
	.meta({
		id: "NewSite",
		examples: [{ name: "My shop", origins: ["https://shop.example"], timezone: "Europe/Rome", locale: "it" }],
	});

export const sitePatch = z
	.strictObject({
		name: givenName,
		timezone,
		locale,
		locales: z.array(locale).min(1),
		default_survey: surveySlug,
		origins,
		segments,
		token_mode: tokenMode,
		token_days: tokenDays,
		ingest,
		retention: z.strictObject({ identities_months: identitiesMonths, rows_months: rowsMonths }).partial(),
	})
	.partial()
	.meta({
		id: "SitePatch",
		examples: [{ origins: ["https://shop.example", "https://*.shop.example"], segments: { plan: ["free", "gold"] } }],
	});

export type SitePatch = z.infer<typeof sitePatch>;

export const newSiteReply = z
	.object({ site, secret_key: z.string().describe("A key with every scope. Shown this once.") })
	.meta({ id: "NewSiteReply" });

export type NewSiteReply = z.infer<typeof newSiteReply>;

/** Sites with their volumes, as the operator sees them. */
export const sitesReply = z
	.object({
		sites: z.array(
			site
				.extend({
					last_30_days: z
						.object({ shown: count, answered: count })
						.describe("Questions shown and answers to them in the last 30 local days, today included; imported ones too."),
				})
				.meta({ id: "ListedSite" }),
		),
		next: z.string().nullable().describe("Pass as `cursor` for the next page; null at the end."),
	})
	.meta({ id: "Sites" });

export type SitesReply = z.infer<typeof sitesReply>;
