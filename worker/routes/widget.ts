import { Hono } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import * as z from "zod";
import followUp from "../../dist/widget/follow-up.js";
import lazy from "../../dist/widget/lazy.js";
import survey from "../../dist/widget/survey.js";
import whole from "../../dist/widget/whole.js";
import { ApiError } from "../api-error.ts";
import { checked, describe, text } from "../describe.ts";
import type { AppEnv } from "../env.ts";
import { isKey } from "../keys/key.ts";
import { openSite } from "../site-cache.ts";
import { followUpWords, localesToSend, widgetSettings, widgetWords } from "../widget-words.ts";

const FILE = /^(aw_pub_[0-9A-Za-z]{22})(\.lazy|\.survey|\.follow-up)?\.js$/;

/**
 * Public: the widget, each build behind a line that holds what it must know of its site, so that one request shows the question.
 * The classic builds stand in a block, so that the line declares nothing on the page.
 */
export const widget = new Hono<AppEnv>().get(
	"/w/:file",
	describe({
		tag: "Widget",
		summary: "The widget of a site",
		description:
			"`{public key}.js` whole; `{public key}.lazy.js` for every page; `{public key}.survey.js`, which the lazy one imports; `{public key}.follow-up.js`, which both import once the question is seen.",
		who: "anyone",
		answers: { 200: text("text/javascript", "The script"), 304: { description: "Unchanged" } },
		problems: ["not_found"],
	}),
	cors({ origin: "*" }),
	etag(),
	checked("query", z.object({ lang: z.string().max(20).optional().describe("Send this language only.") })),
	async (c) => {
		const [, publicKey = "", build] = FILE.exec(c.req.param("file")) ?? [];
		const open = isKey("aw_pub_", publicKey) ? await openSite(c.env, publicKey, Date.now()) : null;
		if (!open) throw ApiError.notFound("file", "must be a site's public key and .js, .lazy.js, .survey.js or .follow-up.js");
		const locales = localesToSend(c.req.valid("query").lang, open);
		const settings = () => widgetSettings(open, new URL(c.req.url).origin, locales);
		const words = () => widgetWords(open, locales);
		c.header("Content-Type", "text/javascript; charset=utf-8");
		c.header("Cache-Control", "public, max-age=300, stale-while-revalidate=86400");
		c.header("Cross-Origin-Resource-Policy", "cross-origin");
		if (build === ".follow-up")
			return c.body(`const __AFTERWORD__=${literal({ words: followUpWords(open, locales) })};\n${followUp}`);
		if (build === ".survey") return c.body(`const __AFTERWORD__=${literal({ words: words() })};\n${survey}`);
		if (build === ".lazy") return c.body(`{const __AFTERWORD__=${literal({ settings: settings() })};\n${lazy}\n}`);
		return c.body(`{const __AFTERWORD__=${literal({ settings: settings(), words: words() })};\n${whole}\n}`);
	},
);

/** JSON as a JavaScript literal that stays one even where somebody pastes it into a page. */
function literal(value: unknown): string {
	return JSON.stringify(value).replaceAll("<", "\\u003C");
}
