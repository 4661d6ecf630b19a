import type { ApiKey } from "./db/api-keys.ts";
import type { QueuedRevision } from "./ingest-queue.ts";
import type { Site } from "./site.ts";

/** What the platform gives the Worker: see wrangler.toml. */
export interface Env {
	readonly DB: D1Database;
	/** Makes sites. Without it nobody can. */
	readonly AFTERWORD_OPERATOR_KEY?: string;
	/** Seals what the database keeps of others' secrets. Without it there are no signed transactions. */
	readonly AFTERWORD_SECRET?: string;
	/** Takes what the database cannot take now. */
	readonly INGEST?: Queue<QueuedRevision>;
	/** Brakes: see door/limits.ts. One that is missing lets everything pass. */
	readonly ADDRESS_LIMIT?: RateLimit;
	readonly FIRST_BURST_LIMIT?: RateLimit;
	readonly FIRST_LIMIT?: RateLimit;
	readonly FIRST_UNSIGNED_LIMIT?: RateLimit;
	readonly LATER_BURST_LIMIT?: RateLimit;
	readonly LATER_LIMIT?: RateLimit;
	readonly LATER_UNSIGNED_LIMIT?: RateLimit;
	readonly ORDER_LIMIT?: RateLimit;
	/** The demo shop; only a local run has it. */
	readonly DEMO?: Fetcher;
}

export interface AppEnv {
	Bindings: Env;
	Variables: {
		/** The site whose key the caller showed; set by `requireKey`. */
		site: Site;
		/** The key the caller showed; set by `requireKey`. */
		key: ApiKey;
	};
}
