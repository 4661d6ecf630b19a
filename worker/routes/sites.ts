import { Hono } from "hono";
import * as z from "zod";
import { IDENTITIES_MONTHS, ROWS_MONTHS } from "../../shared/limits.ts";
import { METRIC_NAMES } from "../../shared/metrics.ts";
import { SCOPES } from "../../shared/scopes.ts";
import { newSite, newSiteReply, sitesReply } from "../../shared/site-contract.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireOperator } from "../door/require-operator.ts";
import { emptiestShard } from "../emptiest-shard.ts";
import type { AppEnv } from "../env.ts";
import { keepNewSite } from "../keep-new-site.ts";
import { makeKey, randomBase62 } from "../keys/key.ts";
import { listSites } from "../list-sites.ts";
import { newApiKey } from "../new-api-key.ts";
import { newSurvey } from "../new-survey.ts";
import { pageLimit } from "../page-limit.ts";
import { siteView } from "../settings-view.ts";
import type { Site } from "../site.ts";
import { siteVolumes } from "../site-volumes.ts";

const query = z.strictObject({
	limit: pageLimit,
	cursor: z
		.string()
		.regex(/^\d{1,15}\.[0-9A-Za-z]{1,32}$/, "must be `next` of the page before")
		.optional()
		.describe("`next` of the page before.")
		.meta({ examples: ["1795341600000.Zq3vT81kLmNx"] }),
});

/** Operator: the sites there are, and new ones. */
export const sites = new Hono<AppEnv>();

sites.get(
	"/v1/sites",
	describe({
		tag: "Operator",
		summary: "List the sites with their volumes",
		who: "the operator's key",
		answers: { 200: json(sitesReply, "A page of them, oldest first") },
		problems: ["invalid_request"],
	}),
	requireOperator,
	checked("query", query),
	async (c) => {
		const { limit, cursor } = c.req.valid("query");
		const [createdAt = -1, id = ""] = cursor?.split(".") ?? [];
		const { sites, next } = await listSites(c.env, { createdAt: Number(createdAt), id }, limit);
		const volumes = await siteVolumes(c.env, sites, 30, Date.now());
		return c.json({
			sites: sites.map((site) => ({ ...siteView(site), last_30_days: volumes.get(site.id) ?? { shown: 0, answered: 0 } })),
			next: next && `${next.createdAt}.${next.id}`,
		});
	},
);

sites.post(
	"/v1/sites",
	describe({
		tag: "Operator",
		summary: "Make a site",
		description:
			"With the surveys nps, csat and ces, of which csat is asked by default, and one key with every scope, shown this once.",
		who: "the operator's key",
		body: bodyOf(newSite),
		answers: { 201: json(newSiteReply, "The site and its first key") },
		problems: ["invalid_request"],
	}),
	requireOperator,
	async (c) => {
		const { name, origins, timezone, locale } = await parseBody(c.req.raw, newSite);
		const now = Date.now();
		const site: Site = {
			id: randomBase62(12),
			shard: await emptiestShard(c.env),
			publicKey: makeKey("aw_pub_"),
			name,
			timezone,
			locale,
			locales: [locale],
			defaultSurvey: "csat",
			origins,
			segments: {},
			tokenMode: "off",
			tokenDays: 30,
			ingest: "direct",
			retention: { identitiesMonths: IDENTITIES_MONTHS, rowsMonths: ROWS_MONTHS },
			rawFrom: null,
			createdAt: now,
			changes: 0,
		};
		const firstKey = await newApiKey(site.id, { name: "First key", scopes: [...SCOPES], expires_at: null }, now);
		const surveys = METRIC_NAMES.map((metric) => newSurvey({ slug: metric, metric }, now));
		await keepNewSite(c.env, site, surveys, firstKey);
		c.set("site", site);
		return c.json({ site: siteView(site), secret_key: firstKey.secret }, 201);
	},
);
