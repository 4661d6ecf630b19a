import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions, Response as WorkerResponse } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { DATABASES, databasesWorker, type LocalD1, localD1 } from "./local-d1.ts";
import { migrate } from "./migrate.ts";
import { PATHS } from "./paths.ts";
import { queueReaders } from "./queue-readers.ts";

interface Options {
	/** 0 takes any free port. */
	readonly port: number;
	/** How many shards there are at least; without it those of wrangler.toml. */
	readonly shards?: number;
	/** Where the data lives; null keeps it in memory. */
	readonly state: string | null;
	/** Secrets and variables beside those of wrangler.toml. */
	readonly vars: Readonly<Record<string, string>>;
	/** Serves /demo/. */
	readonly demo?: (request: Request) => Promise<Response>;
	/** An entry to run instead of the Worker's own, as source; it imports "./index.js". */
	readonly entry?: string;
	/** Hears every line of the Worker's log; without it they go to the terminal. */
	readonly onLog?: (line: string) => void;
}

/** One message of a queue, how often it was brought before and now, and when it was sent: now unless said otherwise. */
export interface LocalMessage {
	readonly body: unknown;
	readonly attempts: number;
	readonly timestamp?: Date;
}

type LocalKV = Awaited<ReturnType<Miniflare["getKVNamespace"]>>;

/** The built Worker, running on workerd with D1 databases of its own. */
export interface Collector {
	readonly url: URL;
	/** The directory, and the first shard. */
	readonly db: LocalD1;
	/** Every shard by the name of its binding. */
	readonly shards: ReadonlyMap<string, LocalD1>;
	/** The database that a site lives in. */
	dbOf(siteId: string): Promise<LocalD1>;
	/** Who was erased, outside the database. */
	readonly suppressed: Pick<LocalKV, "list">;
	/** Runs what wrangler.toml asks for every minute as if it were `now` (Unix milliseconds). */
	minute(now: number): Promise<void>;
	/** Runs all that wrangler.toml asks for as if it were `now`. */
	nightly(now: number): Promise<void>;
	/** Brings messages as a queue does, and gives the places of those that the Worker acknowledged; the others it wants again. */
	bring(queue: string, messages: readonly LocalMessage[]): Promise<number[]>;
	/** Hands messages to the consumer of a queue, as if they had been sent at `sentAt` (Unix milliseconds). */
	deliver(queue: string, bodies: readonly unknown[], sentAt: number): Promise<void>;
	stop(): Promise<void>;
}

const NAME = "afterword";

process.env["WRANGLER_LOG"] ??= "error"; // wrangler only reads its configuration here; it has nothing to say.

/** Starts the built Worker with the bindings of wrangler.toml, its migrations applied to every shard. */
export async function startCollector({ port, shards: wanted = 1, state, vars, demo, entry, onLog }: Options): Promise<Collector> {
	const { workerOptions } = workerOptionsOf(PATHS.wranglerConfig);
	const d1Databases = { ...shardsUpTo(wanted), ...Object(workerOptions["d1Databases"]) };
	const { own, calls } = queueReaders(workerOptions["queueConsumers"], NAME);
	const built: V4WorkerOptions = {
		...workerOptions,
		name: NAME,
		queueConsumers: own,
		d1Databases,
		modulesRoot: PATHS.builtWorker,
		modules: await modulesOf(entry),
		bindings: { ...Object(workerOptions["bindings"]), D1_CALLS: "900", ...vars },
		serviceBindings: {
			...Object(workerOptions["serviceBindings"]),
			...(demo ? { DEMO: (request) => serve(demo, request) } : {}),
		},
	};
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			log: new Log(LogLevel.ERROR),
			host: "127.0.0.1",
			port,
			cf: false,
			...(onLog ? { handleStructuredLogs: ({ message }) => onLog(message) } : {}),
			...(state === null ? {} : { resourcePersistencePath: state }),
			workers: [built, databasesWorker(d1Databases), calls],
		}),
	);
	const url = await miniflare.ready;
	const databases = await miniflare.unsafeGetDirectURL(DATABASES);
	const shards = new Map(Object.keys(d1Databases).map((name) => [name, localD1(databases, name)]));
	for (const shard of shards.values()) await migrate(shard);
	const db = localD1(databases, "DB");
	const dbOf = async (siteId: string) => {
		const row = await db.prepare("SELECT shard FROM place WHERE site = ?1").bind(siteId).first<{ shard: string }>();
		const shard = shards.get(row?.shard ?? "");
		if (!shard) throw new Error(`No database here holds the site ${siteId}`);
		return shard;
	};
	const run = async (cron: string, now: number) => {
		const worker = await miniflare.getWorker();
		const { outcome } = await worker.scheduled({ scheduledTime: new Date(now), cron });
		if (outcome !== "ok") throw new Error(`The scheduled run ended with ${outcome}`);
	};
	const minute = (now: number) => run("* * * * *", now);
	const nightly = async (now: number) => {
		await minute(now);
		await run("*/5 * * * *", now);
	};
	const bring = async (queue: string, messages: readonly LocalMessage[]) => {
		const worker = await miniflare.getWorker();
		const batch = messages.map((message, i) => ({ id: String(i), timestamp: new Date(), ...message }));
		const { outcome, explicitAcks } = await worker.queue(queue, batch);
		if (outcome !== "ok") throw new Error(`The queue's run ended with ${outcome}`);
		return explicitAcks.map(Number).sort((a, b) => a - b);
	};
	const deliver = async (queue: string, bodies: readonly unknown[], sentAt: number) => {
		const messages = bodies.map((body) => ({ id: randomUUID(), timestamp: new Date(sentAt), attempts: 1, body }));
		const worker = await miniflare.getWorker();
		const { outcome } = await worker.queue(queue, messages);
		if (outcome !== "ok") throw new Error(`The consumer of ${queue} ended with ${outcome}`);
	};
	return {
		url,
		db,
		shards,
		dbOf,
		suppressed: {
			list: async (options) => (await miniflare.getKVNamespace("SUPPRESSED")).list(options),
		},
		minute,
		nightly,
		bring,
		deliver,
		stop: () => miniflare.dispose(),
	};
}

/** The bindings of so many shards, as wrangler.toml would name them; each database goes by the name of its binding. */
function shardsUpTo(count: number): Record<string, { id: string }> {
	const names = Array.from({ length: count }, (_, i) => (i === 0 ? "DB" : `DB_${i + 1}`));
	return Object.fromEntries(names.map((name) => [name, { id: name }]));
}

/** The Worker as it is. */
const PLAIN_ENTRY = 'export * from "./index.js"; export { default } from "./index.js";';

type Module = { type: "ESModule" | "Text"; path: string; contents?: string };

/**
 * The modules of the Worker, the entry first and the large one last: Miniflare copies the configuration that it writes for workerd each
 * time it outgrows its room, and all that is written behind two megabytes copies them again.
 */
async function modulesOf(entry = PLAIN_ENTRY): Promise<Module[]> {
	const files = await readdir(PATHS.builtWorker);
	const texts = files.filter((file) => /^[0-9a-f]{40}-/.test(file));
	return [
		{ type: "ESModule", path: join(PATHS.builtWorker, "entry.js"), contents: entry },
		...texts.map((file): Module => ({ type: "Text", path: join(PATHS.builtWorker, file) })),
		{ type: "ESModule", path: join(PATHS.builtWorker, "index.js") },
	];
}

/** Lets a handler of Node's own Request and Response answer the Worker. */
async function serve(handler: (request: Request) => Promise<Response>, request: { url: string; method: string }) {
	const response = await handler(new Request(request.url, { method: request.method }));
	return new WorkerResponse(await response.arrayBuffer(), { status: response.status, headers: [...response.headers] });
}
