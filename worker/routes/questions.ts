import { Hono } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import * as z from "zod";
import { questionsReply } from "../../shared/question-contract.ts";
import { ApiError } from "../api-error.ts";
import { checked, describe, json } from "../describe.ts";
import type { AppEnv } from "../env.ts";
import { isKey } from "../keys/key.ts";
import { questionsOf } from "../questions.ts";
import { openSite } from "../site-cache.ts";
import { localesToSend } from "../widget-settings.ts";

/** Public: what a site asks, for those who draw the question themselves. */
export const questions = new Hono<AppEnv>().get(
	"/w/:site/questions.json",
	describe({
		tag: "Widget",
		summary: "What a site asks, as data",
		description:
			"The version, scale and words of every survey that is asked, in one language, for a place where the widget cannot run, such as a checkout extension or an app. Answers go to `POST /v1/responses`.",
		who: "anyone",
		answers: { 200: json(questionsReply, "The surveys"), 304: { description: "Unchanged" } },
		problems: ["invalid_request", "not_found"],
	}),
	cors({ origin: "*" }),
	etag(),
	checked(
		"param",
		z.object({
			site: z
				.string()
				.max(64)
				.describe("The site's public key.")
				.meta({ examples: ["aw_pub_4fJq0ZtXw9LrB2sVnKeYm7"] }),
		}),
	),
	checked(
		"query",
		z.object({
			lang: z
				.string()
				.max(35)
				.optional()
				.describe("This language, where Afterword ships it.")
				.meta({ examples: ["he"] }),
			wanted: z
				.string()
				.max(500)
				.optional()
				.describe("The first of these languages that the site offers.")
				.meta({ examples: ["he,en"] }),
		}),
	),
	async (c) => {
		const key = c.req.valid("param").site;
		const open = isKey("aw_pub_", key) ? await openSite(c.env, key, Date.now()) : null;
		if (!open) throw ApiError.notFound("site", "must be a site's public key");
		const [locale] = localesToSend(c.req.valid("query"), open);
		c.header("Cache-Control", "public, max-age=300, stale-while-revalidate=86400");
		c.header("Cross-Origin-Resource-Policy", "cross-origin");
		return c.json(questionsOf(open, locale));
	},
);
