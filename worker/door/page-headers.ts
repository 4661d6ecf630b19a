import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../env.ts";

/** What a page of the owner's house may do beyond text, style and forms. */
export interface PageRights {
	/** Runs our script. */
	readonly script?: boolean;
	/** Holds the preview. */
	readonly frames?: boolean;
	/** Is the preview: may stand in a page of ours. */
	readonly framed?: boolean;
}

/** The policy of a page: nothing from elsewhere, nothing inline. */
export function policyOf({ script = false, frames = false, framed = false }: PageRights = {}): string {
	return [
		"default-src 'none'",
		"style-src 'self'",
		"img-src 'self' data:",
		"form-action 'self'",
		"base-uri 'none'",
		`frame-ancestors ${framed ? "'self'" : "'none'"}`,
		...(frames ? ["frame-src 'self'"] : []),
		...(script ? ["script-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'"] : []),
	].join("; ");
}

/** Gives the page that is being made rights beyond the usual ones. */
export function allow(c: Context<AppEnv>, rights: PageRights): void {
	c.set("rights", rights);
}

/**
 * The headers of everything under /app: its policy, and that nobody keeps a copy. Without any referrer a browser would not say either
 * where a form comes from, and that is what the door of forms looks at: so our own pages are told, and no other.
 */
export const pageHeaders = createMiddleware<AppEnv>(async (c, next) => {
	await next();
	c.header("Content-Security-Policy", policyOf(c.get("rights")));
	c.header("Referrer-Policy", "same-origin");
	if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "private, no-store");
});
