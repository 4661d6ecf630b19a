import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { build } from "../local/build.ts";
import { PATHS } from "../local/paths.ts";
import { newSite } from "../shared/site-contract.ts";
import { deploy } from "./deploy.ts";
import type { WantedSite } from "./first-site.ts";
import { wranglerHere } from "./wrangler.ts";

/** `npm run deploy`: to the Cloudflare account that is signed in. `--site "My shop" --origin https://shop.example` makes a site too. */
async function start(): Promise<void> {
	await deploy({
		wrangler: wranglerHere,
		config: PATHS.wranglerConfig,
		build,
		makeSecret: () => randomBytes(32).toString("base64url"),
		print: (text) => console.log(text),
		logged: Boolean(process.env["CI"]),
		operatorKey: process.env["AFTERWORD_OPERATOR_KEY"],
		site: siteIn(process.argv.slice(2)),
	});
}

/** The fields of a site that the command line calls otherwise. */
const OPTIONS: Readonly<Record<string, string>> = { name: "site", origins: "origin" };

/** The site that the arguments ask for. @throws where it could not be made, before anything is done */
function siteIn(args: string[]): WantedSite | null {
	const string = { type: "string" } as const;
	const options = { site: string, timezone: string, locale: string, origin: { ...string, multiple: true } } as const;
	const { site: name, origin: origins = [], ...more } = parseArgs({ args, options }).values;
	if (name === undefined && origins.length === 0) return null;
	const parsed = newSite.safeParse({ name, origins, ...more });
	if (parsed.success) return parsed.data;
	throw new Error(
		parsed.error.issues.map(({ path, message }) => `--${OPTIONS[String(path[0])] ?? String(path[0])}: ${message}`).join("\n"),
	);
}

try {
	await start();
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : error}`);
	process.exit(1);
}
