import type { Env } from "../env.ts";
import type { SiteId } from "../site.ts";

/** The database that holds a site's data: the one way to it. Every table in it is keyed by site first. */
export function dbFor(env: Env, _siteId: SiteId): D1Database {
	return env.DB;
}

/** The database that knows every site by its public key and by its API keys. */
export function directoryOf(env: Env): D1Database {
	return env.DB;
}
