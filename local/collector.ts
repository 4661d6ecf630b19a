import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, Response as WorkerResponse } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { type LocalD1, migrate } from "./migrate.ts";
import { PATHS } from "./paths.ts";

interface Options {
	/** 0 takes any free port. */
	readonly port: number;
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

/** The built Worker, running on workerd with a D1 of its own. */
export interface Collector {
	readonly url: URL;
	readonly db: LocalD1;
	/** Runs the scheduled run of wrangler.toml as if it were `now` (Unix milliseconds). */
	nightly(now: number): Promise<void>;
	/** Hands messages to the consumer of a queue, as if they had been sent at `sentAt` (Unix milliseconds). */
	deliver(queue: string, bodies: readonly unknown[], sentAt: number): Promise<void>;
	stop(): Promise<void>;
}

process.env["WRANGLER_LOG"] ??= "error"; // wrangler only reads its configuration here; it has nothing to say.

/** Starts the built Worker with the bindings of wrangler.toml, its migrations applied. */
export async function startCollector({ port, state, vars, demo, entry, onLog }: Options): Promise<Collector> {
	const { workerOptions } = workerOptionsOf(PATHS.wranglerConfig);
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...workerOptions,
			log: new Log(LogLevel.ERROR),
			host: "127.0.0.1",
			port,
			cf: false,
			...(onLog ? { handleStructuredLogs: ({ message }) => onLog(message) } : {}),
			...(state === null ? {} : { resourcePersistencePath: state }),
			modulesRoot: PATHS.builtWorker,
			modules: await modulesOf(entry),
			bindings: { ...Object(workerOptions["bindings"]), D1_CALLS: "900", ...vars },
			serviceBindings: {
				...Object(workerOptions["serviceBindings"]),
				...(demo ? { DEMO: (request) => serve(demo, request) } : {}),
			},
		}),
	);
	const url = await miniflare.ready;
	const db = await miniflare.getD1Database("DB");
	await migrate(db);
	const worker = await miniflare.getWorker();
	const nightly = async (now: number) => {
		const { outcome } = await worker.scheduled({ scheduledTime: new Date(now), cron: "*/5 * * * *" });
		if (outcome !== "ok") throw new Error(`The scheduled run ended with ${outcome}`);
	};
	const deliver = async (queue: string, bodies: readonly unknown[], sentAt: number) => {
		const messages = bodies.map((body) => ({ id: randomUUID(), timestamp: new Date(sentAt), attempts: 1, body }));
		const { outcome } = await worker.queue(queue, messages);
		if (outcome !== "ok") throw new Error(`The consumer of ${queue} ended with ${outcome}`);
	};
	return { url, db, nightly, deliver, stop: () => miniflare.dispose() };
}

type Module = { type: "ESModule" | "Text"; path: string; contents?: string };

async function modulesOf(entry: string | undefined): Promise<Module[]> {
	const files = await readdir(PATHS.builtWorker);
	const texts = files.filter((file) => /^[0-9a-f]{40}-/.test(file));
	const modules: Module[] = [
		{ type: "ESModule", path: join(PATHS.builtWorker, "index.js") },
		...texts.map((file): Module => ({ type: "Text", path: join(PATHS.builtWorker, file) })),
	];
	if (entry === undefined) return modules;
	return [{ type: "ESModule", path: join(PATHS.builtWorker, "entry.js"), contents: entry }, ...modules];
}

/** Lets a handler of Node's own Request and Response answer the Worker. */
async function serve(handler: (request: Request) => Promise<Response>, request: { url: string; method: string }) {
	const response = await handler(new Request(request.url, { method: request.method }));
	return new WorkerResponse(await response.arrayBuffer(), { status: response.status, headers: [...response.headers] });
}
