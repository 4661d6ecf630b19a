import type { Env } from "../env.ts";
import type { SiteId } from "../site.ts";
import { type Meter, metered } from "./metered.ts";

/** The database that holds a site's data: the one way to it. Every table in it is keyed by site first. */
export function dbFor(env: Env, _siteId: SiteId): D1Database {
	return env.DB;
}

/** The database that knows every site by its public key and by its API keys. */
export function directoryOf(env: Env): D1Database {
	return env.DB;
}

/** Every database that holds sites' data. */
export function databasesOf(env: Env): D1Database[] {
	return [env.DB];
}

/** The same environment, with every database behind one meter. */
export function meteredEnv(env: Env, meter: Meter): Env {
	return { ...env, DB: metered(env.DB, meter) };
}
