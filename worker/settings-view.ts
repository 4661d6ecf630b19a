import type { ApiKeyView } from "../shared/access-contract.ts";
import type { ShopifyAppView } from "../shared/shopify-contract.ts";
import type { SigningSecretView } from "../shared/signing-contract.ts";
import type { SiteView } from "../shared/site-contract.ts";
import type { SurveyView } from "../shared/survey-contract.ts";
import type { ApiKey } from "./db/api-keys.ts";
import type { ShopifyApp } from "./db/shopify-apps.ts";
import type { SigningSecret } from "./db/signing-secrets.ts";
import type { Site, Survey } from "./site.ts";

/** A site as its owner sees it. */
export function siteView(site: Site): SiteView {
	return {
		id: site.id,
		public_key: site.publicKey,
		name: site.name,
		timezone: site.timezone,
		locale: site.locale,
		locales: [...site.locales],
		default_survey: site.defaultSurvey,
		origins: [...site.origins],
		segments: Object.fromEntries(Object.entries(site.segments).map(([key, values]) => [key, [...values]])),
		token_mode: site.tokenMode,
		token_days: site.tokenDays,
		ingest: site.ingest,
		retention: { identities_months: site.retention.identitiesMonths, rows_months: site.retention.rowsMonths },
		created_at: new Date(site.createdAt).toISOString(),
	};
}

/** A signing secret as it can be seen after it was made. */
export function signingSecretView({ kid, hint, createdAt }: SigningSecret): SigningSecretView {
	return { kid, hint, created_at: new Date(createdAt).toISOString() };
}

/** A Shopify app as it can be seen after it was added. */
export function shopifyAppView({ id, shop, clientId, hint, createdAt }: ShopifyApp): ShopifyAppView {
	return { id, shop, client_id: clientId, hint, created_at: new Date(createdAt).toISOString() };
}

/** A survey as its owner sees it. */
export function surveyView(survey: Survey): SurveyView {
	return {
		slug: survey.slug,
		version: survey.version,
		metric: survey.metric,
		touchpoint: survey.touchpoint,
		wording: survey.wording,
		drivers: [...survey.drivers],
		theme: { ...survey.theme },
		active: survey.active,
		display: survey.display,
		placement: survey.placement,
		sampling: survey.sampling,
		ask_again_days: survey.askAgainDays,
		ask_after_any_days: survey.askAfterAnyDays,
		goal: survey.goal,
		benchmarks: [...survey.benchmarks],
		share_score: survey.shareScore,
		open_cases: survey.openCases,
		follow_up: survey.followUp,
		created_at: new Date(survey.createdAt).toISOString(),
	};
}

/** A key as it can be seen after it was made. */
export function apiKeyView(key: ApiKey): ApiKeyView {
	return {
		id: key.id,
		name: key.name,
		hint: key.hint,
		scopes: [...key.scopes],
		created_at: new Date(key.createdAt).toISOString(),
		expires_at: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
		last_used: key.lastUsed,
	};
}
