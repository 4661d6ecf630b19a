import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { callApi } from "../../local/call-api.ts";
import { startCollector } from "../../local/collector.ts";
import { newSiteReply } from "../../shared/site-contract.ts";
import { OPERATOR_KEY, SHOP } from "../harness/collector.ts";
import { startBare, startFloor } from "./floor.ts";
import { median } from "./median.ts";
import { postAll } from "./post-all.ts";
import { type Signer, tokenOf } from "./signed-orders.ts";
import { cpuMs, workerds } from "./workerd-cpu.ts";

/** How often all is started anew: a process is faster or slower than its twin from its start to its end. */
const STARTS = 5;
const ROUNDS = 5;
const ASKS = 120;

/** So many that no site comes near the 600 unsigned asks a minute that it takes. */
const SITES = 32;

const SEGMENTS = { plan: ["free", "gold"], visit: ["first", "again"], basket: ["small", "large"] };
const PROMISED = 0.7;

/** Asks whose rows are counted, and revisions of one that is sent as it is said. */
const COUNTED = 20;
const REVISIONS = 4;

/** One way to take answers: where to, what is sent, what comes back, and when all of it is done. */
interface Way {
	readonly name: string;
	readonly url: URL;
	readonly status: number;
	readonly bodies: (asks: number) => string[];
	readonly headers?: Readonly<Record<string, string>>;
	/** Turns a count of the rows of D1 it writes on or off, and gives the count so far; absent where there is none. */
	readonly count?: (on: boolean) => Promise<number>;
	/** Waits for what the replies did not wait for. */
	readonly settled?: () => Promise<void>;
	readonly pid: number | undefined;
}

interface Measured {
	readonly perSecond: number;
	readonly cpu: number | null;
}

/**
 * What an answer costs to take, beside the least it can cost: one raw insert behind the same framework, on the same workerd and D1.
 * Every round measures every way, each time another one first, and all is started anew five times. Ratios of requests are medians of those of one round; CPU is that of all
 * rounds, which other work on the machine hardly moves.
 */
export async function ingest(): Promise<void> {
	const measured = new Map<string, Measured[]>();
	const rowsWritten = new Map<string, number | null>();
	for (let start = 0; start < STARTS; start++) {
		const { ways, stop } = await openWays();
		if (start === 0) for (const { name } of ways) measured.set(name, []);
		for (let round = 0; round <= ROUNDS; round++) {
			for (const way of [...ways.slice(round % ways.length), ...ways.slice(0, round % ways.length)]) {
				const result = await measure(way);
				if (round === 0) continue; // The first round warms up.
				measured.get(way.name)?.push(result);
			}
		}
		if (start === 0) for (const way of ways) rowsWritten.set(way.name, await rowsOf(way));
		await stop();
	}
	const floor = measured.get("floor") ?? [];
	const table: Record<string, string | number>[] = [];
	const ratios = new Map<string, number>();
	const costs = new Map<string, number>();
	for (const [name, of] of measured) {
		const cpu = cpuOf(of);
		costs.set(name, cpu);
		const ratio = median(of.map(({ perSecond }, i) => perSecond / (floor[i]?.perSecond ?? Number.NaN)));
		ratios.set(name, ratio);
		const rows = rowsWritten.get(name) ?? null;
		table.push({
			way: name,
			"requests/s": Math.round(median(of.map(({ perSecond }) => perSecond))),
			"of the floor": ratio.toFixed(2),
			"CPU µs": Number.isNaN(cpu) ? "–" : Math.round(cpu * 1000),
			"of the floor's": Number.isNaN(cpu) ? "–" : (cpu / cpuOf(floor)).toFixed(2),
			"rows written": rows === null ? "–" : rows.toFixed(1),
		});
	}
	console.table(table);
	const verdict = (kept: boolean) => (kept ? "kept" : "broken");
	const [ask = 0, again = 0] = [ratios.get(ASK), ratios.get(AGAIN)];
	const [first = 0, second = 0] = [costs.get(ASK), costs.get(AGAIN)];
	const byCpu = cpuOf(floor) / first;
	console.log(`Promised: ${PROMISED} of the floor or more. By requests ${ask.toFixed(2)}, ${verdict(ask >= PROMISED)}.`);
	if (byCpu) console.log(`The same by CPU: ${byCpu.toFixed(2)}, ${verdict(byCpu >= PROMISED)}.`);
	const dearer = second > 0 ? second / first : ask / again;
	console.log(`Promised: a duplicate costs less than a first. ${dearer.toFixed(2)} of it, ${verdict(dearer < 1)}.`);
}

/** Milliseconds of CPU of one request, over all rounds; NaN where nobody says. */
function cpuOf(measured: readonly Measured[]): number {
	return measured.reduce((sum, { cpu }) => sum + (cpu ?? Number.NaN), 0) / measured.length;
}

const ASK = "all of an ask";
const AGAIN = "the same once more";

async function measure(way: Way): Promise<Measured> {
	const bodies = way.bodies(ASKS);
	const before = await cpuMs(way.pid);
	const ms = await send(way, bodies);
	const after = await cpuMs(way.pid);
	return {
		perSecond: (bodies.length / ms) * 1000,
		cpu: before === null || after === null ? null : (after - before) / bodies.length,
	};
}

/** Rows of D1 that one request writes, counted apart from the clock. */
async function rowsOf(way: Way): Promise<number | null> {
	if (!way.count) return null;
	const bodies = way.bodies(COUNTED);
	await way.count(true);
	await send(way, bodies);
	return (await way.count(false)) / bodies.length;
}

async function send({ url, status, headers, settled }: Way, bodies: readonly string[]): Promise<number> {
	const ms = await postAll(new URL("/v1/responses", url), bodies, status, headers);
	await settled?.();
	return ms;
}

/** Starts a Worker, and tells which process is its. */
async function started<Worker>(start: () => Promise<Worker>): Promise<Worker & { pid: number | undefined }> {
	const before = await workerds();
	const worker = await start();
	const pid = (await workerds()).find((id) => !before.includes(id));
	return { ...worker, pid };
}

async function openWays(): Promise<{ ways: Way[]; stop: () => Promise<void> }> {
	const bare = await started(startBare);
	const floor = await started(startFloor);
	const entry = await readFile(new URL("./ingest-entry.js", import.meta.url), "utf8");
	const vars = { AFTERWORD_OPERATOR_KEY: OPERATOR_KEY, AFTERWORD_SECRET: "what seals the secrets of the bench" };
	const ours = await started(() => startCollector({ port: 0, state: null, vars, entry }));

	const makeSite = async (settings: object) => {
		const made = { name: "Bench", origins: [SHOP], timezone: "Europe/Rome" };
		const { site, secret_key } = newSiteReply.parse(await callApi(ours.url, "POST", "/v1/sites", OPERATOR_KEY, made));
		await callApi(ours.url, "PATCH", "/v1/site", secret_key, { segments: SEGMENTS, ...settings });
		return { site: site.public_key, key: secret_key };
	};
	const sites: string[] = [];
	for (let i = 0; i < SITES; i++) sites.push((await makeSite({})).site);
	const queued: string[] = [];
	for (let i = 0; i < SITES / 4; i++) queued.push((await makeSite({ ingest: "queue" })).site);
	const signing = await makeSite({});
	const signed = Object(await callApi(ours.url, "POST", "/v1/signing-secrets", signing.key, undefined));
	const signer: Signer = { site: signing.site, kid: signed.secret.kid, secret: signed.signing_secret };

	const count = async (on: boolean) =>
		Number(await (await fetch(new URL("/bench/count", ours.url), { method: "POST", body: String(on) })).json());
	/** Every row there was inserted, and has no index beside it. */
	const inserted = async () => {
		const rows = await floor.rows();
		const more = rows - floorRows;
		floorRows = rows;
		return more;
	};
	let floorRows = 0;
	/** Until the queue has brought all it was given. */
	const drained = async () => {
		const stored = "SELECT count(*) AS n FROM ask JOIN site ON site.id = ask.site WHERE site.ingest = 'queue'";
		while (Number((await ours.db.prepare(stored).first())?.["n"]) < given) await new Promise((later) => setTimeout(later, 100));
	};
	let given = 0;
	let last: string[] = [];

	const many = (asks: number, ask: (site: string) => object[], of: readonly string[] = sites) =>
		Array.from({ length: asks }, (_, i) => ask(of[i % of.length] ?? "")).flatMap((list) =>
			list.map((body) => JSON.stringify(body)),
		);
	const at = { url: ours.url, pid: ours.pid, count, status: 201 };
	const ways: Way[] = [
		{ ...bare, name: "workerd alone", status: 200, bodies: (asks) => many(asks, (site) => [whole(site)]) },
		{ ...floor, name: "floor", status: 201, bodies: (asks) => many(asks, (site) => [whole(site)]), count: inserted },
		{ ...at, name: "a tap, no segments", bodies: (asks) => many(asks, (site) => [tapOf(whole(site))]) },
		{
			...at,
			name: ASK,
			bodies: (asks) => {
				last = many(asks, (site) => [whole(site)]);
				return last;
			},
		},
		{ ...at, name: AGAIN, status: 200, bodies: (asks) => last.slice(0, asks) },
		{
			...at,
			name: "tap, chips, comment",
			bodies: (asks) => byRevision(asks / REVISIONS, (site) => revisionsOf(whole(site)), sites),
		},
		{
			...at,
			name: "all of a signed ask",
			bodies: (asks) => many(asks, () => [{ ...whole(signer.site), token: tokenOf(signer, randomUUID(), "ann@example.com") }]),
		},
		{
			...at,
			name: "through the queue",
			status: 202,
			settled: drained,
			bodies: (asks) => {
				given += asks;
				return many(asks, (site) => [whole(site)], queued);
			},
		},
		{
			...at,
			name: "with Miniflare's limits",
			headers: { "x-limits": "miniflare" },
			bodies: (asks) => many(asks, (site) => [whole(site)]),
		},
	];
	const stop = async () => {
		for (const worker of [bare, floor, ours]) await worker.stop();
	};
	return { ways, stop };
}

/** All that an ask can say, as the widget says it. */
function whole(site: string) {
	return {
		v: 1,
		site,
		survey: "nps",
		version: 1,
		id: randomUUID(),
		rev: 1,
		status: "answered",
		score: Math.floor(Math.random() * 11),
		drivers: ["price", "delivery"],
		comment: "The parcel came a day early, and the box was whole.",
		transaction: String(Math.floor(Math.random() * 1e9)),
		locale: "en",
		segments: {
			plan: Math.random() < 0.5 ? "free" : "gold",
			visit: Math.random() < 0.5 ? "first" : "again",
			basket: Math.random() < 0.5 ? "small" : "large",
		},
		channel: "page",
		device: Math.random() < 0.7 ? "phone" : "desktop",
		page: "https://shop.example/orders/thanks",
		age_ms: 4_000,
	};
}

function tapOf({ segments: _, ...ask }: ReturnType<typeof whole>) {
	return { ...ask, drivers: [], comment: "" };
}

/** The four revisions in which a shopper says it. */
function revisionsOf(ask: ReturnType<typeof whole>): object[] {
	const tap = { ...ask, drivers: [], comment: "" };
	const chip = { ...tap, rev: 2, drivers: ask.drivers.slice(0, 1) };
	return [tap, chip, { ...chip, rev: 3, drivers: ask.drivers }, { ...ask, rev: 4 }];
}

/** The first revisions of all the asks, then the second, and so on: none overtakes another. */
function byRevision(asks: number, ask: (site: string) => object[], sites: readonly string[]): string[] {
	const lists = Array.from({ length: asks }, (_, i) => ask(sites[i % sites.length] ?? ""));
	return [0, 1, 2, 3].flatMap((rev) => lists.map((list) => JSON.stringify(list[rev])));
}
