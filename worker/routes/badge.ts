import { Hono } from "hono";
import { etag } from "hono/etag";
import * as z from "zod";
import { surveySlug } from "../../shared/identifier-contract.ts";
import { languageTags } from "../../shared/language-tags.ts";
import { LOCALE_CODES, type Locale } from "../../shared/locales/index.ts";
import { pickLanguage } from "../../shared/pick-language.ts";
import { scoreSentence } from "../../shared/score-sentence.ts";
import { badgePicture, NO_BADGE } from "../badge.tsx";
import { describe, parametersOf, text } from "../describe.ts";
import { brakeAddress } from "../door/limits.ts";
import type { AppEnv, Env } from "../env.ts";
import { isKey } from "../keys/key.ts";
import { verifiedByDefault } from "../score-scope.ts";
import { sharedScore } from "../shared-score.ts";
import { openSite } from "../site-cache.ts";
import { sharedWord } from "../widget-words.ts";

/** Seconds a badge is kept: its score is computed no more often. */
const KEPT_S = 600;

/** Public: a survey's score as a picture, where its owner shares it. */
export const badge = new Hono<AppEnv>().get(
	"/badge/:file",
	describe({
		tag: "Widget",
		summary: "The badge of a site",
		description:
			"`{public key}.svg`, for an `<img>` on any page. `?survey=` names another survey than the site's own, `?lang=` the language. Only where the survey shares its score, from 30 answers in 30 days on, computed at most every 10 minutes; only signed orders count where the site signs, and the badge then says so. Otherwise an empty picture, as 404.",
		who: "anyone",
		answers: {
			200: text("image/svg+xml", "The badge"),
			304: { description: "Unchanged" },
			404: text("image/svg+xml", "An empty picture: there is no score to show"),
		},
		problems: ["too_many_requests", "unavailable"],
		parameters: [
			...parametersOf("path", {
				file: z
					.string()
					.describe("The site's public key, and .svg.")
					.meta({ examples: ["aw_pub_4fJq0ZtXw9LrB2sVnKeYm7.svg"] }),
			}),
			...parametersOf("query", {
				survey: surveySlug.describe("Another survey than the site's own."),
				lang: z
					.string()
					.describe("The language; otherwise the site's own.")
					.meta({ examples: ["he"] }),
			}),
		],
	}),
	etag(),
	async (c) => {
		await brakeAddress(c, Date.now());
		const [, key = ""] = /^(aw_pub_[0-9A-Za-z]{22})\.svg$/.exec(c.req.param("file")) ?? [];
		const picture = await pictureOf(c.env, key, c.req.query("survey"), c.req.query("lang"));
		c.header("Content-Type", "image/svg+xml; charset=utf-8");
		c.header("Cache-Control", `public, max-age=${KEPT_S}`);
		c.header("Content-Security-Policy", "default-src 'none'");
		c.header("Cross-Origin-Resource-Policy", "cross-origin");
		c.header("Access-Control-Allow-Origin", "*");
		return picture === null ? c.body(NO_BADGE, 404) : c.body(picture);
	},
);

async function pictureOf(env: Env, key: string, slug: string | undefined, lang: string | undefined): Promise<string | null> {
	if (!isKey("aw_pub_", key) || !surveySlug.optional().safeParse(slug).success) return null;
	const now = Date.now();
	const open = await openSite(env, key, now);
	const survey = open?.surveys.find((one) => one.slug === (slug ?? open.site.defaultSurvey));
	if (!open || !survey?.shareScore) return null;
	const { site } = open;
	const score = await sharedScore(env, site, survey, now);
	if (!score) return null;
	const tag = z.string().max(35).optional().safeParse(lang).data;
	const locale: Locale = pickLanguage([tag], LOCALE_CODES, languageTags(LOCALE_CODES)) ?? site.locale;
	const sentence = scoreSentence(sharedWord(site, survey, locale), score, locale);
	return badgePicture({ shop: site.name, sentence, signed: verifiedByDefault(site) === "only", locale });
}
