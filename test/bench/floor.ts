import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { build } from "vite";

/** What our Worker is measured against, on workerd. */
export interface Floor {
	readonly url: URL;
	stop(): Promise<void>;
}

const SETTINGS = { compatibilityDate: "2026-10-01", host: "127.0.0.1", port: 0, cf: false, modules: true } as const;
const FLOOR = fileURLToPath(new URL("./ingest-floor.js", import.meta.url));

/** A Worker that says 200 to everything. */
export async function startBare(): Promise<Floor> {
	const script = `export default { fetch: () => new Response("{}") }`;
	const miniflare = new Miniflare(convertV4MiniflareOptions({ ...SETTINGS, log: new Log(LogLevel.ERROR), script }));
	return { url: await miniflare.ready, stop: () => miniflare.dispose() };
}

/** Hono and one insert into a plain table of D1. */
export async function startFloor(): Promise<Floor & { rows(): Promise<number> }> {
	const built = await build({
		configFile: false,
		logLevel: "warn",
		publicDir: false,
		build: { write: false, target: "es2022", lib: { entry: FLOOR, formats: ["es"], fileName: "floor" } },
	});
	const [output] = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...SETTINGS,
			log: new Log(LogLevel.ERROR),
			script: output?.type === "chunk" ? output.code : "",
			d1Databases: { DB: "floor" },
		}),
	);
	const url = await miniflare.ready;
	const db = await miniflare.getD1Database("DB");
	await db
		.prepare(
			`CREATE TABLE ask (site TEXT, id TEXT, rev INTEGER, survey TEXT, version INTEGER, status TEXT, outcome TEXT, score INTEGER,
			drivers TEXT, comment TEXT, commented INTEGER, segments TEXT, pairs TEXT, "transaction" TEXT, customer TEXT, verified INTEGER,
			delay TEXT, page TEXT, day TEXT, shown_at INTEGER, updated_at INTEGER)`,
		)
		.run();
	const rows = async () => Number((await db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"]);
	return { url, rows, stop: () => miniflare.dispose() };
}
