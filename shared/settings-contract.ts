import * as z from "zod";
import { benchmark, count, locale, publicKey, segmentKey, segmentValue, surveySlug } from "./contract.ts";
import { isTimeZone } from "./day.ts";
import { DISPLAYS, PLACEMENTS } from "./display.ts";
import { followUpRules } from "./follow-up-rules.ts";
import { DRIVERS_PER_SURVEY, SEGMENT_KEYS, SEGMENT_VALUES } from "./limits.ts";
import { METRIC_NAMES } from "./metrics.ts";
import { SCOPES } from "./scopes.ts";
import { RESERVED_KEYS } from "./segments.ts";

/** What a key may do. */
const scope = z.enum(SCOPES).meta({ id: "Scope", description: "What a key may do." });

const name = z.string().trim().min(1).max(80);
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
		"must be scheme://host or scheme://host:port in small letters, with at most one leading *.",
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

const tokenMode = z
	.enum(["off", "prefer", "require"])
	.describe("prefer: unsigned answers are kept and shown apart; require: they are refused.");
const tokenDays = z.int().min(1).max(90).describe("Days after its signing during which a token is believed.");

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
		name,
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

export const newSite = z.strictObject({ name, origins, timezone: timezone.default("UTC"), locale: locale.default("en") }).meta({
	id: "NewSite",
	examples: [{ name: "My shop", origins: ["https://shop.example"], timezone: "Europe/Rome", locale: "it" }],
});

export const sitePatch = z
	.strictObject({
		name,
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

export const newLoginLink = z
	.strictObject({ site: z.string().max(32).nullable().default(null).describe("The id of the site whose pages it opens.") })
	.meta({ id: "NewLoginLink", examples: [{ site: "Zq3vT81kLmNx" }] });

export const loginLinkReply = z
	.object({ path: z.string().describe("Where it leads, on this Worker."), expires_at: z.iso.datetime() })
	.meta({ id: "LoginLink" });

const label = z.string().trim().min(1).max(60);

/** A reason chip: one of ours by its id alone, or one of the owner's with a label for each language. */
const driver = z
	.object({
		id: segmentKey,
		labels: z.partialRecord(locale, label).optional().describe("Needed for an id that is not built in."),
	})
	.strict()
	.meta({ id: "Reason", description: "A reason to choose: one of ours by its id alone, or the owner's own." });

const sentence = z.string().trim().min(1).max(200).optional();
const phrase = z.string().trim().min(1).max(60).optional();

/** Every text a shopper can be shown of a survey, but for the labels of its reasons. */
const wording = z
	.partialRecord(
		locale,
		z.strictObject({
			question: sentence,
			low: phrase.describe("What the lowest score means."),
			high: phrase.describe("What the highest score means."),
			levels: z
				.tuple([z.string().trim().min(1).max(60), z.string().trim().min(1).max(60), z.string().trim().min(1).max(60)])
				.optional()
				.describe("What the scores 2, 3 and 4 mean, where csat is shown as stars or faces."),
			reasons: sentence,
			comment: sentence,
			done: phrase,
			dismiss: phrase,
			saved: sentence,
			thanks: sentence,
			waiting: sentence,
			refused: sentence,
			answered: sentence,
			review: phrase.describe("The link to a public review."),
			contact: phrase.describe("The link to the shop."),
			callback: sentence.describe("Offers to get in touch, and asks for an address or number."),
			request: phrase.describe("The button that asks for it."),
			requested: sentence,
			closed: sentence,
			script: sentence,
			shared: sentence.describe("{value} and {responses} stand for the shared score and the number of its answers."),
		}),
	)
	.meta({
		id: "Wording",
		description: "The owner's own words per language, instead of ours; {shop} stands for the site's name.",
	});

/** The owner's own words for one language. */
export type Wording = NonNullable<z.infer<typeof wording>["en"]>;

const theme = z
	.record(
		z.string().regex(/^--afterword-[a-z-]{1,40}$/, "must be a custom property of the widget, such as --afterword-accent"),
		z
			.string()
			.regex(/^[\w #%.,()/+-]{1,100}$/, "must be one value of CSS, such as #0b57a4 or 12px, without quotes or semicolons"),
	)
	.describe("Custom properties of the widget, such as --afterword-accent.");

const surveySettings = {
	touchpoint: z.string().trim().min(1).max(40).describe("Where in the customer's way it is asked, such as checkout or delivery."),
	wording,
	drivers: z.array(driver).max(DRIVERS_PER_SURVEY),
	theme,
	active: z.boolean().describe("Whether it is asked at all; answers to what was asked before are still taken."),
	display: z.enum(DISPLAYS).describe("stars and faces for csat only. Another display makes a new version."),
	placement: z.enum(PLACEMENTS).describe("Where it stands unless the page says otherwise."),
	sampling: z.int().min(1).max(100).describe("Percent of transactions that are asked; the same ones at every reload."),
	ask_again_days: z.int().min(0).max(730).describe("Days before the same browser is shown this survey again."),
	goal: z.number().min(-100).max(100).nullable().describe("In the unit of the score; null for none."),
	benchmarks: z.array(benchmark).max(10).describe("Scores to look at beside one's own, each with its source."),
	share_score: z
		.boolean()
		.describe("Whether shoppers who answered are shown the survey's own score, and the badge shows it to everybody."),
	open_cases: z.boolean().describe("Whether low scores open a case by themselves."),
	follow_up: followUpRules,
};

/** A survey as its owner sees it. */
export const survey = z
	.object({
		slug: surveySlug,
		version: z.int().describe("Rises when the metric, the display or the question in the site's main language changes."),
		metric: z.enum(METRIC_NAMES),
		...surveySettings,
		created_at: z.iso.datetime(),
	})
	.meta({ id: "Survey" });

export type SurveyView = z.infer<typeof survey>;

/** A site's surveys, as its owner sees them. */
export const surveysReply = z
	.object({
		surveys: z.array(
			survey
				.extend({
					first_asked: z.iso.date().nullable().describe("The day it was first asked, in any version; null: never."),
				})
				.meta({ id: "ListedSurvey" }),
		),
	})
	.meta({ id: "Surveys" });

export type SurveysReply = z.infer<typeof surveysReply>;

export const newSurvey = z
	.strictObject({ slug: surveySlug, metric: z.enum(METRIC_NAMES), ...surveySettings })
	.partial()
	.required({ slug: true, metric: true })
	.meta({
		id: "NewSurvey",
		examples: [{ slug: "after-delivery", metric: "nps", touchpoint: "delivery", drivers: [{ id: "delivery" }] }],
	});

export type NewSurvey = z.infer<typeof newSurvey>;

export const surveyPatch = z
	.strictObject({
		metric: z.enum(METRIC_NAMES),
		...surveySettings,
		same_question: z.boolean().describe("The question means what it meant (a typo mended): no new version."),
		expected_version: z
			.int()
			.min(1)
			.describe(
				"The version the survey shall have after the change: where it would have another, nothing is changed, and it is 409.",
			),
	})
	.partial()
	.meta({
		id: "SurveyPatch",
		examples: [{ goal: 40, wording: { en: { question: "How likely are you to recommend us?" } }, expected_version: 2 }],
	});

export type SurveyPatch = z.infer<typeof surveyPatch>;

/** An API key as it can be seen after it was made: never the key itself. */
export const apiKey = z
	.object({
		id: z.string(),
		name,
		hint: z.string().describe("The key's last four characters."),
		scopes: z.array(scope),
		created_at: z.iso.datetime(),
		expires_at: z.iso.datetime().nullable(),
		last_used: z.iso.date().nullable(),
	})
	.meta({ id: "ApiKey" });

export type ApiKeyView = z.infer<typeof apiKey>;

export const apiKeysReply = z.object({ keys: z.array(apiKey) }).meta({ id: "ApiKeys" });

export const newApiKey = z
	.strictObject({
		name,
		scopes: z.array(scope).min(1).default(["scores:read"]),
		expires_at: z.iso.datetime().nullable().default(null),
	})
	.meta({
		id: "NewApiKey",
		examples: [{ name: "Our dashboard", scopes: ["scores:read"], expires_at: "2027-11-22T00:00:00.000Z" }],
	});

export const newApiKeyReply = z
	.object({ key: apiKey, secret_key: z.string().describe("Shown this once.") })
	.meta({ id: "NewApiKeyReply" });

export type NewApiKeyReply = z.infer<typeof newApiKeyReply>;

/** A secret that signs orders as it can be seen after it was made: never the secret itself. */
export const signingSecret = z
	.object({
		kid: z.string().describe("Its name in tokens."),
		hint: z.string().describe("The secret's last four characters."),
		created_at: z.iso.datetime(),
	})
	.meta({ id: "SigningSecret" });

export type SigningSecretView = z.infer<typeof signingSecret>;

export const signingSecretsReply = z.object({ secrets: z.array(signingSecret) }).meta({ id: "SigningSecrets" });

export const newSigningSecretReply = z
	.object({ secret: signingSecret, signing_secret: z.string().describe("Shown this once."), token_mode: tokenMode })
	.meta({ id: "NewSigningSecretReply" });

export type NewSigningSecretReply = z.infer<typeof newSigningSecretReply>;

const shop = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/, "must be the shop's permanent name, such as a-shop.myshopify.com");
const clientId = z.string().regex(/^[\w-]{8,64}$/, "must be the app's client ID");

/** A Shopify app as it can be seen after it was added: never its secret. */
export const shopifyApp = z
	.object({
		id: z.string(),
		shop,
		client_id: clientId,
		hint: z.string().describe("The client secret's last four characters."),
		created_at: z.iso.datetime(),
	})
	.meta({ id: "ShopifyApp" });

export type ShopifyAppView = z.infer<typeof shopifyApp>;

export const shopifyAppsReply = z.object({ apps: z.array(shopifyApp) }).meta({ id: "ShopifyApps" });

export const newShopifyApp = z
	.strictObject({
		shop: shop.describe("The `dest` of its session tokens."),
		client_id: clientId.describe("Their `aud`."),
		client_secret: z
			.string()
			.regex(/^[\x21-\x7e]{16,128}$/, "must be the app's client secret")
			.describe("What Shopify signs them with; kept sealed."),
	})
	.meta({
		id: "NewShopifyApp",
		examples: [
			{
				shop: "a-shop.myshopify.com",
				client_id: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
				client_secret: "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",
			},
		],
	});

/** What was done to a site, newest first. */
export const auditReply = z
	.object({
		entries: z.array(
			z.object({
				at: z.iso.datetime(),
				actor: z.string().describe("The id of the key that was shown."),
				action: z.string().describe("The method and the route."),
				object: z.string().describe("Which survey, key or answer; never a customer."),
				request: z.string().describe("The request's id at Cloudflare."),
				result: z.int().describe("The reply's HTTP status."),
			}),
		),
		next: z.string().nullable().describe("The `cursor` of the next page; null on the last."),
	})
	.meta({ id: "AuditLog" });

export type AuditReply = z.infer<typeof auditReply>;
