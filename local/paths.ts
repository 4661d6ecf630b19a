import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Where things lie in a checkout. */
export const PATHS = {
	root: at("."),
	wranglerConfig: at("wrangler.toml"),
	migrations: at("worker/migrations"),
	devVars: at(".dev.vars"),
	widget: at("widget"),
	builtWidget: at("dist/widget"),
	builtWorker: at("dist/worker"),
	/** What a database lacks, where a deploy found that out. */
	missingTriggers: at("dist/missing-triggers.sql"),
	examples: at("examples"),
	plainHtml: at("examples/plain-html"),
	markets: at("examples/markets"),
	/** wrangler's own place, so that `npx wrangler d1 execute afterword --local` sees the same data. */
	state: at(".wrangler/state/v3"),
} as const;
