import { Hono } from "hono";
import { IDENTITIES_MONTHS, ROWS_MONTHS } from "../../shared/limits.ts";
import { METRIC_NAMES } from "../../shared/metrics.ts";
import { SCOPES } from "../../shared/scopes.ts";
import { newSite, newSiteReply, sitesReply } from "../../shared/site-contract.ts";
import { allSites } from "../all-sites.ts";
import { bodyOf, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireOperator } from "../door/require-operator.ts";
import { emptiestShard } from "../emptiest-shard.ts";
import type { AppEnv } from "../env.ts";
import { keepNewSite } from "../keep-new-site.ts";
import { makeKey, randomBase62 } from "../keys/key.ts";
import { newApiKey } from "../new-api-key.ts";
import { newSurvey } from "../new-survey.ts";
import { siteView } from "../settings-view.ts";
import type { Site } from "../site.ts";
import { siteVolumes } from "../site-volumes.ts";

/** Operator: the sites there are, and new ones. */
export const sites = new Hono<AppEnv>();

sites.get(
	"/v1/sites",
	describe({
		tag: "Operator",
		summary: "List the sites with their volumes",
		who: "the operator's key",
		answers: { 200: json(sitesReply, "Oldest first") },
	}),
	requireOperator,
	async (c) => {
		const all = await allSites(c.env);
		const volumes = await siteVolumes(c.env, all, 30, Date.now());
		return c.json({
			sites: all.map((site) => ({ ...siteView(site), last_30_days: volumes.get(site.id) ?? { shown: 0, answered: 0 } })),
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
		return c.json({ site: siteView(site), secret_key: firstKey.secret }, 201);
	},
);
