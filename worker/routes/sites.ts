import { Hono } from "hono";
import { IDENTITIES_MONTHS, ROWS_MONTHS } from "../../shared/limits.ts";
import { METRIC_NAMES } from "../../shared/metrics.ts";
import { SCOPES } from "../../shared/scopes.ts";
import { newSite, newSiteReply } from "../../shared/settings-contract.ts";
import { insertApiKey } from "../db/api-keys.ts";
import { dbFor } from "../db/db-for.ts";
import { insertSite } from "../db/sites.ts";
import { insertSurvey } from "../db/surveys.ts";
import { bodyOf, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireOperator } from "../door/require-operator.ts";
import type { AppEnv } from "../env.ts";
import { makeKey, randomBase62 } from "../keys/key.ts";
import { newApiKey } from "../new-api-key.ts";
import { newSurvey, questionOf } from "../new-survey.ts";
import { siteView } from "../settings-view.ts";
import type { Site } from "../site.ts";

/** Operator: new sites. */
export const sites = new Hono<AppEnv>().post(
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
		const db = dbFor(c.env, site.id);
		const { secret, hash, key } = await newApiKey(site.id, { name: "First key", scopes: [...SCOPES], expires_at: null }, now);
		const surveys = METRIC_NAMES.map((metric) => newSurvey({ slug: metric, metric }, now));
		await db.batch([
			insertSite(db, site),
			...surveys.flatMap((survey) => insertSurvey(db, site, survey, questionOf(site, survey))),
			insertApiKey(db, hash, key),
		]);
		return c.json({ site: siteView(site), secret_key: secret }, 201);
	},
);
