import { relative } from "node:path";
import { build } from "./build.ts";
import { type Collector, startCollector } from "./collector.ts";
import { demoShop } from "./demo-shop.ts";
import { type DemoSite, keptDemoSite, makeDemoSite } from "./demo-site.ts";
import { assertFree } from "./free-port.ts";
import { operatorKey } from "./operator-key.ts";
import { PATHS } from "./paths.ts";

const HOUR_MS = 60 * 60 * 1000;

/** `npm start`: builds everything, keeps its data between starts, and serves until Ctrl-C. */
async function start(): Promise<void> {
	const port = portOf(process.env["PORT"] ?? "8787");
	await assertFree(port);
	console.log("Building the widget and the Worker …");
	await build();
	const key = await operatorKey(PATHS.devVars);

	let site: DemoSite | null = null;
	const collector = await startCollector({
		port,
		state: PATHS.state,
		vars: { AFTERWORD_OPERATOR_KEY: key },
		demo: async (request) => demoShop(PATHS.plainHtml, { publicKey: site?.publicKey ?? "" }, Date.now)(request),
	});
	const stop = async () => {
		await collector.stop();
		console.log("\nStopped. The data stays where it is.");
		process.exit(0);
	};
	process.once("SIGINT", stop);
	process.once("SIGTERM", stop);

	site = await demoSite(collector, key);
	await collector.nightly(Date.now());
	setInterval(() => collector.nightly(Date.now()), HOUR_MS).unref();
	console.log(greeting(port, site));
}

/** The demo site of an earlier start, or a new one with its sample answers. */
async function demoSite(collector: Collector, key: string): Promise<DemoSite> {
	const kept = await keptDemoSite(PATHS.state);
	const there = kept && (await collector.db.prepare("SELECT 1 FROM site WHERE id = ?1").bind(kept.id).first());
	if (kept && there) return kept;
	console.log("Making a demo site with 90 days of sample answers …");
	return makeDemoSite(collector, PATHS.state, key, Date.now());
}

function greeting(port: number, { secretKey, loaded }: DemoSite): string {
	const base = `http://localhost:${port}`;
	const data = relative(PATHS.root, PATHS.state);
	return `
Afterword runs on ${base}${loaded > 0 ? ` with ${loaded.toLocaleString("en")} sample asks` : ""}

  Demo shop      ${base}/demo/
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

try {
	await start();
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : error}`);
	process.exit(1);
}
