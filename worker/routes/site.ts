import { Hono } from "hono";
import { type SitePatch, sitePatch, site as siteSchema } from "../../shared/site-contract.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { signingSecretsOf } from "../db/signing-secrets.ts";
import { siteById, updateSite } from "../db/sites.ts";
import { surveysOf } from "../db/surveys.ts";
import { bodyOf, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { siteView } from "../settings-view.ts";
import type { Site } from "../site.ts";
import { forgetSite } from "../site-cache.ts";
import { untilKept } from "../until-kept.ts";

/** Owner: the site of the key. */
export const site = new Hono<AppEnv>();

site.get(
	"/v1/site",
	describe({
		tag: "Settings",
		summary: "Read the site's settings",
		who: "a key with the scope scores:read",
		answers: { 200: json(siteSchema, "The site") },
	}),
	requireKey("scores:read"),
	(c) => c.json(siteView(c.get("site"))),
);

site.patch(
	"/v1/site",
	describe({
		tag: "Settings",
		summary: "Change the site's settings",
		description: "What is left out stays. A page sees the change within a few minutes.",
		who: "a key with the scope settings:write",
		body: bodyOf(sitePatch),
		answers: { 200: json(siteSchema, "The site as it now is") },
		problems: ["invalid_request"],
	}),
	requireKey("settings:write"),
	async (c) => {
		const patch = await parseBody(c.req.raw, sitePatch);
		const { id, publicKey } = c.get("site");
		const db = dbFor(c.env, c.get("site"));
		const changed = await untilKept(async () => {
			const old = (await siteById(db, id)) ?? c.get("site");
			const site = changedSite(old, patch);
			const known = (await surveysOf(db, id)).map(({ slug }) => slug);
			if (site.tokenMode !== "off" && (await signingSecretsOf(db, id)).length === 0)
				throw ApiError.invalid("token_mode", "must be off while the site has no signing secret");
			if (site.retention.rowsMonths < site.retention.identitiesMonths)
				throw ApiError.invalid("retention.rows_months", `must be at least identities_months, ${site.retention.identitiesMonths}`);
			if (!known.includes(site.defaultSurvey)) throw ApiError.invalid("default_survey", `must be one of ${known.join(", ")}`);
			return (await updateSite(db, id, site)) && site;
		});
		forgetSite(publicKey);
		return c.json(siteView(changed));
	},
);

function changedSite(old: Site, patch: SitePatch): Site {
	const locale = patch.locale ?? old.locale;
	return {
		...old,
		name: patch.name ?? old.name,
		timezone: patch.timezone ?? old.timezone,
		locale,
		locales: [...new Set([locale, ...(patch.locales ?? old.locales)])],
		defaultSurvey: patch.default_survey ?? old.defaultSurvey,
		origins: patch.origins ?? old.origins,
		segments: patch.segments ?? old.segments,
		tokenMode: patch.token_mode ?? old.tokenMode,
		tokenDays: patch.token_days ?? old.tokenDays,
		ingest: patch.ingest ?? old.ingest,
		retention: {
			identitiesMonths: patch.retention?.identities_months ?? old.retention.identitiesMonths,
			rowsMonths: patch.retention?.rows_months ?? old.retention.rowsMonths,
		},
	};
}
