import type { Api } from "./dashboard/call-api.ts";
import type { ApiKey } from "./db/api-keys.ts";
import type { QueuedSweep } from "./deliver/deliver-queue.ts";
import type { PageRights } from "./door/page-headers.ts";
import type { Visitor } from "./door/session.ts";
import type { QueuedRevision } from "./ingest-queue.ts";
import type { Site } from "./site.ts";

/** What the platform gives the Worker: see wrangler.toml. */
export interface Env {
	/** The directory of all sites, and the first shard. */
	readonly DB: D1Database;
	/** More shards, as many as there are: see db/shards.ts. */
	readonly [shard: `DB_${number}`]: D1Database;
	/** Makes sites. Without it nobody can. */
	readonly AFTERWORD_OPERATOR_KEY?: string;
	/** Seals what the database keeps of others' secrets, and hashes who was erased. Without it there are neither signed transactions nor erasures. */
	readonly AFTERWORD_SECRET?: string;
	/** Ways to the database that one scheduled run may take. */
	readonly D1_CALLS?: string;
	/** Takes what the database cannot take now. */
	readonly INGEST?: Queue<QueuedRevision>;
	/** Calls for endpoints to be swept. Without it the run of every minute sweeps them itself. */
	readonly DELIVER?: Queue<QueuedSweep>;
	/** "1" lets deliveries go to this machine's own addresses: for local development only. */
	readonly AFTERWORD_LOOPBACK_TARGETS?: string;
	/** Who was erased and what was deleted, as hashes, outside the database. Without it nothing is erased. */
	readonly SUPPRESSED?: KVNamespace;
	/** Sends mail, from `EMAIL_FROM`. Without either there are no endpoints of the kind email. */
	readonly EMAIL?: SendEmail;
	readonly EMAIL_FROM?: string;
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
		/** The site whose key the caller showed, whose pages are open, or that the operator's request is about; set by `requireKey`, `requireSession`, and the operator's routes. */
		site: Site;
		/** The key the caller showed; set by `requireKey`. */
		key: ApiKey;
		/** Who looks at the owner's pages; set by `requireSession`. */
		visitor: Visitor;
		/** The API, as the visitor of the owner's pages may use it; set by `openApi`. */
		api: Api;
		/** What was sent to a page; set by `readForm`. */
		form: URLSearchParams;
		/** What the page may do beyond the usual; set by `allow`. */
		rights: PageRights | undefined;
		/** Whether the caller showed the operator's key; set by `requireOperator`. */
		operator: boolean;
	};
}
