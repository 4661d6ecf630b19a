import { Hono } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import * as z from "zod";
import followUp from "../../dist/widget/follow-up.js";
import lazy from "../../dist/widget/lazy.js";
import survey from "../../dist/widget/survey.js";
import triggers from "../../dist/widget/triggers.js";
import whole from "../../dist/widget/whole.js";
import { ApiError } from "../api-error.ts";
import { checked, describe, parametersOf, text } from "../describe.ts";
import type { AppEnv } from "../env.ts";
import { isKey } from "../keys/key.ts";
import { openSite } from "../site-cache.ts";
import { followUpPartsOf, module, partsOf, script } from "../widget-file.ts";
import { decidingSettings, localesToSend, widgetSettings } from "../widget-settings.ts";
import { followUpWords, widgetWords } from "../widget-words.ts";

const FILE = /^(aw_pub_[0-9A-Za-z]{22})(\.lazy|\.survey|\.follow-up|\.triggers)?\.js$/;

/** Public: the widget, each build behind a line that holds what it must know of its site, so that one request shows the question. */
export const widget = new Hono<AppEnv>().get(
	"/w/:file",
	describe({
		tag: "Widget",
		summary: "The widget of a site",
		description:
			"`{public key}.js` whole; `{public key}.lazy.js` for every page. They import the others when they need them: `.survey.js`, the half of the lazy one that asks; `.follow-up.js`, once the question is seen; `.triggers.js`, where there is something to wait for first.",
		who: "anyone",
		answers: { 200: text("text/javascript", "The script"), 304: { description: "Unchanged" } },
		problems: ["invalid_request", "not_found", "unavailable"],
		parameters: parametersOf("path", {
			file: z
				.string()
				.describe("The site's public key, which build, and .js.")
				.meta({ examples: ["aw_pub_4fJq0ZtXw9LrB2sVnKeYm7.js"] }),
		}),
	}),
	cors({ origin: "*" }),
	etag(),
	checked(
		"query",
		z.object({
			lang: z
				.string()
				.max(35)
				.optional()
				.describe("Send this language only.")
				.meta({ examples: ["he"] }),
			wanted: z
				.string()
				.max(500)
				.optional()
				.describe("Send the first of these languages that the site offers, only.")
				.meta({ examples: ["he,en"] }),
		}),
	),
	async (c) => {
		const [, publicKey = "", build] = FILE.exec(c.req.param("file")) ?? [];
		const open = isKey("aw_pub_", publicKey) ? await openSite(c.env, publicKey, Date.now()) : null;
		if (!open) throw ApiError.notFound("file", "must be a site's public key and .js, .lazy.js or another file of the widget");
		const locales = localesToSend(c.req.valid("query"), open);
		const settings = widgetSettings(open, new URL(c.req.url).origin, locales);
		c.header("Content-Type", "text/javascript; charset=utf-8");
		c.header("Cache-Control", "public, max-age=300, stale-while-revalidate=86400");
		c.header("Cross-Origin-Resource-Policy", "cross-origin");
		if (build === ".lazy") return c.body(script({ settings: decidingSettings(settings, c.req.valid("query").lang) }, lazy));
		if (build === ".survey") return c.body(module({ settings, words: widgetWords(open, locales) }, ...partsOf(settings), survey));
		if (build === ".follow-up") {
			const words = followUpWords(open, locales);
			return c.body(module({ words }, ...followUpPartsOf(words), followUp));
		}
		if (build === ".triggers") return c.body(triggers);
		return c.body(script({ settings, words: widgetWords(open, locales) }, ...partsOf(settings), whole));
	},
);
