import { join, relative } from "node:path";
import { loginLinkReply } from "../shared/access-contract.ts";
import { build } from "./build.ts";
import { callApi } from "./call-api.ts";
import { startCollector } from "./collector.ts";
import { demoPages } from "./demo-pages.ts";
import { makeDemoSite } from "./demo-site.ts";
import { assertFree } from "./free-port.ts";
import { makeGallerySite } from "./gallery-site.ts";
import { keptSite } from "./kept-site.ts";
import { localSecrets } from "./local-secrets.ts";
import { PATHS } from "./paths.ts";

/** Milliseconds between two scheduled runs of each kind: as in wrangler.toml. */
const MINUTE_MS = 60 * 1000;
const RUN_MS = 5 * MINUTE_MS;

/** `npm start`: builds everything, keeps its data between starts, and serves until Ctrl-C. */
async function start(): Promise<void> {
	const port = portOf(process.env["PORT"] ?? "8787");
	const shards = shardsOf(process.env["SHARDS"] ?? "1");
	await assertFree(port);
	console.log("Building the widget and the Worker …");
	await build();
	const secrets = await localSecrets(PATHS.devVars);
	const key = secrets.AFTERWORD_OPERATOR_KEY;

	let pages: ReturnType<typeof demoPages> | null = null;
	const collector = await startCollector({
		port,
		shards,
		state: PATHS.state,
		vars: { ...secrets, AFTERWORD_LOOPBACK_TARGETS: "1" },
		demo: async (request) => pages?.(request) ?? new Response("Not yet", { status: 503 }),
	});
	const stop = async () => {
		await collector.stop();
		console.log("\nStopped. The data stays where it is.");
		process.exit(0);
	};
	process.once("SIGINT", stop);
	process.once("SIGTERM", stop);

	let loaded = 0;
	const site = await keptSite(collector.db, join(PATHS.state, "demo-site.json"), async () => {
		console.log("Making a demo site with 90 days of sample answers …");
		const made = await makeDemoSite(collector, key, Date.now());
		loaded = made.loaded;
		return made.site;
	});
	const gallery = await keptSite(collector.db, join(PATHS.state, "gallery-site.json"), () => makeGallerySite(collector.url, key));
	pages = demoPages({ shop: site, gallery }, Date.now);
	await collector.nightly(Date.now());
	setInterval(() => collector.minute(Date.now()), MINUTE_MS).unref();
	setInterval(() => collector.nightly(Date.now()), RUN_MS).unref();
	const { path } = loginLinkReply.parse(await callApi(collector.url, "POST", "/v1/login-links", key, { site: site.id }));
	console.log(greeting(port, { secretKey: site.secretKey, login: path, loaded }));
}

function greeting(
	port: number,
	{ secretKey, login, loaded }: { readonly secretKey: string; readonly login: string; readonly loaded: number },
): string {
	const base = `http://localhost:${port}`;
	const data = relative(PATHS.root, PATHS.state);
	return `
Afterword runs on ${base}${loaded > 0 ? ` with ${loaded.toLocaleString("en")} sample asks` : ""}

  Demo shop      ${base}/demo/
  Dashboard      ${base}${login}
                 (logs in once, within a day; later, with the operator key at ${base}/app/)
  A new site     ${base}/app/set-up  (three steps: the shop, its question, the tag to paste)
  Scores         curl -H "Authorization: Bearer ${secretKey}" "${base}/v1/scores?window=30d"
  API            ${base}/docs
  Data           ${data}  (delete it to begin again)
  Operator key   in .dev.vars, as AFTERWORD_OPERATOR_KEY

Ctrl-C stops it.`;
}

function portOf(text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Error(`PORT must be a number from 1 to 65535, such as PORT=8788 npm start`);
}

/** Enough to try it on one machine. */
const MOST_SHARDS = 20;

function shardsOf(text: string): number {
	const shards = Number(text);
	if (Number.isInteger(shards) && shards > 0 && shards <= MOST_SHARDS) return shards;
	throw new Error(`SHARDS must be a number from 1 to ${MOST_SHARDS}, such as SHARDS=3 npm start`);
}

try {
	await start();
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : error}`);
	process.exit(1);
}
