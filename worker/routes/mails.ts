import { Hono } from "hono";
import * as z from "zod";
import { locale, surveySlug } from "../../shared/identifier-contract.ts";
import { dbFor } from "../db/db-for.ts";
import { checked, describe, text } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import { emailSnippet } from "../email-snippet.tsx";
import type { AppEnv } from "../env.ts";
import { knownSurvey } from "../known-survey.ts";

/** A place that the mail's own template fills: letters, spaces and what template languages are written with, but no quotes or `<`. */
const template = z
	.string()
	.max(200)
	.regex(/^[\p{L}\p{N} {}()[\]|%*$@:;.,_/+=-]+$/u, "must be a template's placeholder without quotes, such as {{ order_number }}")
	.meta({ examples: ["{{ order_number }}"] });

const query = z.strictObject({
	locale: locale.optional().describe("The language; the site's own where it is left out."),
	transaction: template.optional().describe("The order's number as the mail's template writes it."),
	token: template.optional().describe("The signed transaction as the mail's template writes it."),
});

/** Owner: what to paste into an e-mail. */
export const mails = new Hono<AppEnv>().get(
	"/v1/surveys/:survey/email",
	describe({
		tag: "Settings",
		summary: "Read the question as HTML for an e-mail",
		description:
			"A table with one link a score, in the language's direction. A link opens the survey's own page with that score chosen, and counts only once somebody is there: mail scanners open links too.",
		who: "a key with the scope scores:read",
		answers: { 200: text("text/html", "The table, to paste into the mail's template") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	checked("param", z.object({ survey: surveySlug.describe("The survey's name.") })),
	checked("query", query),
	async (c) => {
		const site = c.get("site");
		const survey = await knownSurvey(dbFor(c.env, site), site.id, c.req.valid("param").survey);
		const { locale: wanted = site.locale, ...about } = c.req.valid("query");
		c.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
		return c.html(emailSnippet(new URL(c.req.url).origin, site, survey, { locale: wanted, ...about }));
	},
);
