import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { ApiError } from "../api-error.ts";
import { directoryOf } from "../db/db-for.ts";
import { openSiteInSession } from "../db/sessions.ts";
import type { AppEnv } from "../env.ts";
import { placeOf } from "../place-cache.ts";
import type { SiteId } from "../site.ts";
import { siteAt } from "../site-at.ts";
import { visitorOf } from "./session.ts";

/**
 * The door of the owner's pages: a session, else the page to log in at, which leads back here. Sets `visitor`, and `site` where one is
 * open; an operator who has opened none is led to the list of them.
 */
export const requireSession = createMiddleware<AppEnv>(async (c, next) => {
	const visitor = await visitorOf(c, Date.now());
	if (!visitor) {
		if (c.req.method !== "GET") return c.redirect("/app/login", 303);
		const { pathname, search } = new URL(c.req.url);
		return c.redirect(`/app/login?to=${encodeURIComponent(pathname + search)}`, 303);
	}
	c.set("visitor", visitor);
	const place = visitor.siteId === null ? null : await placeOf(c.env, visitor.siteId);
	if (place) c.set("site", await siteAt(c.env, place));
	await next();
	return undefined;
});

/** Opens the pages of a site that there is, in the session and for the rest of this request. Who asks must be the operator. */
export async function enterSite(c: Context<AppEnv>, siteId: SiteId): Promise<void> {
	const place = await placeOf(c.env, siteId);
	if (!place) throw ApiError.notFound("site", "must be one of the sites there are");
	await openSiteInSession(directoryOf(c.env), c.get("visitor").session, siteId);
	c.set("site", await siteAt(c.env, place));
}

/** Behind `requireSession`: a page about one site. */
export const requireOpenSite = createMiddleware<AppEnv>(async (c, next) => {
	if (!c.get("site")) return c.redirect("/app/sites", 303);
	await next();
	return undefined;
});

/** Behind `requireSession`: a page for the operator alone. To others it is not there. */
export const requireOperatorSession = createMiddleware<AppEnv>(async (c, next) => {
	if (!c.get("visitor").operator) throw new ApiError("not_found", { detail: "There is no such page" });
	await next();
});
