import { type Context, Hono } from "hono";
import { parseAccept } from "hono/utils/accept";
import * as z from "zod";
import hold from "../../dist/widget/hold.js";
import whole from "../../dist/widget/whole.js";
import { publicKey, surveySlug, transactionReference } from "../../shared/identifier-contract.ts";
import { languageTags } from "../../shared/language-tags.ts";
import { TOKEN_CHARS } from "../../shared/limits.ts";
import { LOCALE_CODES, LOCALES, type Locale } from "../../shared/locales/index.ts";
import { METRICS } from "../../shared/metrics.ts";
import { pickLanguage } from "../../shared/pick-language.ts";
import { ApiError } from "../api-error.ts";
import { describe, parametersOf, text } from "../describe.ts";
import type { AppEnv } from "../env.ts";
import style from "../hosted.css";
import { closedPage, hostedPage, type Visit } from "../hosted-page.tsx";
import { isKey } from "../keys/key.ts";
import type { Survey } from "../site.ts";
import { type OpenSite, openSite } from "../site-cache.ts";
import { partsOf, script } from "../widget-file.ts";
import { widgetSettings } from "../widget-settings.ts";
import { pageWord, widgetWords } from "../widget-words.ts";

const CSP =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/** Characters of Accept-Language that are read: more than any browser sends. */
const ACCEPT_CHARS = 1_000;

const siteKey = publicKey.describe("The site's public key.");
const chosen = z
	.int()
	.min(0)
	.max(10)
	.describe("A score to show as chosen.")
	.meta({ examples: [9] });
const language = z
	.string()
	.describe("The language; otherwise the browser's.")
	.meta({ examples: ["he"] });

/** Tells the page that its script has run, question or none. */
const RAN = 'document.documentElement.className = "ran";';

/**
 * Public: a survey's own page, for links, QR codes and e-mails. To open it has no effect: mail scanners open every link, some in a
 * real browser, so a score in the address is taken for the answer only once somebody points, presses a key or scrolls.
 */
export const hosted = new Hono<AppEnv>();

hosted.get("/s/page.css", (c) =>
	c.body(style, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=300" }),
);

hosted.get(
	"/s/:site/:file{[a-z][a-z0-9-]*\\.js}",
	describe({
		tag: "Widget",
		summary: "The script of a survey's own page",
		description: "The whole widget for this one survey, which asks whenever it is opened: a link is an invitation.",
		who: "anyone",
		answers: { 200: text("text/javascript", "The script") },
		problems: ["not_found", "unavailable"],
		parameters: [
			...parametersOf("path", { site: siteKey, file: surveySlug.describe("The survey's name.") }),
			...parametersOf("query", { score: chosen, lang: language }),
		],
	}),
	async (c) => {
		const found = await surveyOf(c, c.req.param("site"), c.req.param("file").replace(/\.js$/, ""));
		if (!found?.survey.active) throw ApiError.notFound("file", "must be an active survey of a site, and .js");
		const { open, survey } = found;
		const { site } = open;
		const one: OpenSite = {
			...open,
			site: { ...site, defaultSurvey: survey.slug },
			surveys: [{ ...survey, askAgainDays: 0, askAfterAnyDays: 0, sampling: 100, placement: "inline" }],
		};
		const locale = pickLanguage([c.req.query("lang")], LOCALE_CODES) ?? site.locale;
		const settings = widgetSettings(one, new URL(c.req.url).origin, [locale]);
		const score = scoreOf(survey, c.req.query("score"));
		const line = { settings, words: widgetWords(one, [locale]), ...(score === undefined ? {} : { score }) };
		c.header("Content-Type", "text/javascript; charset=utf-8");
		c.header("Cache-Control", "public, max-age=300");
		return c.body(script(line, ...partsOf(settings), ...(score === undefined ? [] : [hold]), whole, RAN));
	},
);

hosted.get(
	"/s/:site/:survey",
	describe({
		tag: "Widget",
		summary: "A survey's own page",
		description:
			"For links, QR codes and e-mails. `?score=` shows a score as chosen, `?transaction=` and `?token=` say what it is about, `?locale=` names the language. What is not valid is left out. Opening it stores nothing.",
		who: "anyone",
		answers: { 200: text("text/html", "The page"), 404: text("text/html", "There is no such survey, or it is not asked now") },
		problems: ["unavailable"],
		parameters: [
			...parametersOf("path", { site: siteKey, survey: surveySlug.describe("The survey's name.") }),
			...parametersOf("query", {
				score: chosen,
				transaction: transactionReference.describe("The order's number."),
				token: z
					.string()
					.max(TOKEN_CHARS)
					.describe("The order, signed.")
					.meta({ examples: ["k3x9qa.eyJ0IjoiMTAwMSJ9.5d41402abc4b2a76"] }),
				locale: language,
			}),
		],
	}),
	async (c) => {
		c.header("Content-Security-Policy", CSP);
		c.header("Cache-Control", "no-store");
		c.header("X-Robots-Tag", "noindex");
		c.header("Vary", "Accept-Language");
		const found = await surveyOf(c, c.req.param("site"), c.req.param("survey"));
		if (!found?.survey.active) {
			const locale = localeOf(c, LOCALE_CODES, "en");
			const closed = found ? pageWord(found.open.site, found.survey, locale, "closed") : LOCALES[locale].closed;
			return c.html(`<!doctype html>${closedPage(locale, closed)}`, 404);
		}
		const { open, survey } = found;
		const visit: Visit = {
			locale: localeOf(c, open.site.locales, open.site.locale),
			score: scoreOf(survey, c.req.query("score")),
			transaction: transactionReference.safeParse(c.req.query("transaction")).data,
			token: z.string().max(TOKEN_CHARS).safeParse(c.req.query("token")).data,
		};
		return c.html(`<!doctype html>${hostedPage(open, survey, visit)}`);
	},
);

/** A survey with its site, asked now or not; null where there is none. */
async function surveyOf(c: Context<AppEnv>, key: string, slug: string): Promise<{ open: OpenSite; survey: Survey } | null> {
	if (!publicKey.safeParse(key).success || !isKey("aw_pub_", key) || !surveySlug.safeParse(slug).success) return null;
	const open = await openSite(c.env, key, Date.now());
	const survey = open?.surveys.find((one) => one.slug === slug);
	return open && survey ? { open, survey } : null;
}

/** The language of the page: the one the address names, of those offered the one the browser asks for, or the usual one. */
function localeOf(c: Context, offered: readonly Locale[], usual: Locale): Locale {
	const named = pickLanguage([c.req.query("locale")], LOCALE_CODES, languageTags(LOCALE_CODES));
	const wanted = parseAccept(c.req.header("accept-language")?.slice(0, ACCEPT_CHARS) ?? "").map(({ type }) => type);
	return named ?? pickLanguage(wanted, offered, languageTags(offered)) ?? usual;
}

/** A score of the survey's scale as the address says it; undefined where it is none. */
function scoreOf({ metric }: Survey, said: string | undefined): number | undefined {
	const { min, max } = METRICS[metric];
	if (said === undefined || !/^\d{1,2}$/.test(said)) return undefined;
	const score = Number(said);
	return score >= min && score <= max ? score : undefined;
}
