import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { counts, type KnownAsk, outranks, type Said, Shopper, type SoakSite } from "./soak-shopper.ts";

const AT_ONCE = 60;

/** Asks a second, where the machine allows. */
const PACE = 200;
/** Asks for each minute that is asked for; a slow machine takes longer for them. */
const ASKS_A_MINUTE = 5_000;
const CYCLE_MS = 60_000;
const FAULTS = ["overloaded", "lost", "lost-after-commit"] as const;
const SHARE = 0.3;
const DRAIN_MS = 180_000;

/**
 * Shoppers by the thousand on a Worker that is ended in the middle of its work and whose database fails, for so many minutes and 5,000 asks for
 * each; then what is stored is held against what was acknowledged. Ends with a failure where the two differ.
 *
 * In turns of a minute: restarts while all answers go to the database; faults of three kinds, with a second site through the queue;
 * then calm until the queue is empty, for Miniflare keeps its queues in memory and a restart would take from them what Cloudflare's
 * keep.
 */
export async function soak(minutes = "10"): Promise<void> {
	const totalMs = Number(minutes) * 60_000;
	if (!(totalMs > 0)) throw new Error("Say for how many minutes: npm run bench -- soak 10");
	const state = await mkdtemp(join(tmpdir(), "afterword-soak-"));
	const collector = await startCollector({ state, entry: "faulty" });
	const direct = await signing(collector, collector.site);
	const queue = await signing(collector, await collector.makeSite());
	await patch(collector, queue.site, { ingest: "queue" });

	const shoppers: Shopper[] = [];
	/** Shoppers the merchant will see to once the queue has brought what they said. */
	const later: Shopper[] = [];
	let site = direct;
	let over = false;
	/** Shoppers who are at the site that goes through the queue. */
	let atQueue = 0;
	let restarts = 0;
	let faults = 0;
	const began = performance.now();

	const run = async () => {
		while (!over) {
			if (counts.asks > ((performance.now() - began) / 1000) * PACE) {
				await pause(50);
				continue;
			}
			const at = Math.random() < 0.3 ? site : direct;
			const shopper = new Shopper(collector, at);
			shoppers.push(shopper);
			if (at === queue) atQueue++;
			for (let orders = Math.ceil(Math.random() * 3); orders > 0; orders--) await shopper.shop();
			if (at === queue) atQueue--;
			if (shopper.asks.some(({ queued }) => queued)) later.push(shopper);
			else await seeTo(shopper);
		}
	};
	const fail = async (kind: string) => {
		const said = { method: "POST", body: JSON.stringify({ kind, share: SHARE, seed: restarts * 7919 + 1 }) };
		await collector.fetch("/faults", said);
	};

	const drive = async () => {
		while (performance.now() - began < totalMs || counts.asks < ASKS_A_MINUTE * Number(minutes)) {
			const cycle = Math.min(CYCLE_MS, totalMs);
			for (let i = 0; i < 3; i++) {
				await pause(cycle / 12);
				await collector.restart();
				restarts++;
			}
			site = queue;
			for (const kind of FAULTS) {
				await fail(kind);
				faults++;
				await pause(cycle / 10);
			}
			await fail("none");
			site = direct;
			// Who is there still shops on, and what is on its way while the faults end may still be sent to the queue.
			while (atQueue > 0) await pause(50);
			await pause(1_000);
			await drained(collector, shoppers);
			for (const shopper of later.splice(0)) await seeTo(shopper);
			const seconds = ((performance.now() - began) / 1000).toFixed(0);
			console.log(
				`${seconds} s: ${counts.asks.toLocaleString("en")} asks, ${restarts} restarts, ${counts.queued} through the queue`,
			);
		}
		over = true;
	};

	const ends = await Promise.allSettled([
		drive().catch((error) => {
			// Shoppers try until they are heard, which without a Worker is never.
			console.error(error, `The data is left in ${state}`);
			process.exit(1);
		}),
		...Array.from({ length: AT_ONCE }, () =>
			run().finally(() => {
				over = true;
			}),
		),
	]);
	const troubles = ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : []));
	await drained(collector, shoppers);
	for (const shopper of later.splice(0)) await seeTo(shopper);

	const asks = shoppers.flatMap((shopper) => shopper.asks);
	const stored = await storedAsks(collector, [direct.site, queue.site]);
	const found = compare(asks, stored);
	const drift = await collector.drift();
	const dead = Number((await collector.db.prepare("SELECT count(*) AS n FROM dead_letter").first())?.["n"]);
	await collector.stop();

	const elapsed = (performance.now() - began) / 1000;
	console.table([
		{ what: "minutes", n: Number((elapsed / 60).toFixed(1)) },
		...Object.entries(counts).map(([what, n]) => ({ what, n })),
		{ what: "restarts", n: restarts },
		{ what: "turns of faults", n: faults },
		{ what: "rows", n: stored.length },
		{ what: "rows expected", n: asks.filter(({ fate }) => fate !== "deleted").length },
		...Object.entries(found).map(([what, ids]) => ({ what, n: ids.length })),
		{ what: "dead letters", n: dead },
		{ what: "drift", n: drift.length },
	]);
	for (const [what, ids] of Object.entries(found)) if (ids.length > 0) troubles.push(`${what}: ${ids.slice(0, 5).join(", ")}`);
	if (drift.length > 0) troubles.push(`drift: ${JSON.stringify(drift.slice(0, 5))}`);
	if (dead > 0) troubles.push(`${dead} dead letters`);
	for (const trouble of troubles) console.error(trouble);
	if (troubles.length > 0) console.error(`The data is left in ${state}`);
	else await rm(state, { recursive: true });
	process.exit(troubles.length > 0 ? 1 : 0);
}

const pause = (ms: number) => new Promise((later) => setTimeout(later, ms));

/** What the merchant does to a few. */
async function seeTo(shopper: Shopper): Promise<void> {
	const chance = Math.random();
	if (chance < 0.03) await shopper.erase();
	else if (chance < 0.05) await shopper.delete();
}

async function signing(collector: TestCollector, site: TestSite): Promise<SoakSite> {
	await patch(collector, site, { segments: { plan: ["free", "gold"] } });
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
	return { site, signer: { site: site.publicKey, kid: made.secret.kid, secret: made.signing_secret } };
}

async function patch(collector: TestCollector, site: TestSite, settings: object): Promise<void> {
	const reply = await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify(settings) }, site);
	if (!reply.ok) throw new Error(await reply.text());
}

interface StoredAsk extends Said {
	readonly id: string;
	readonly transaction: string | null;
	readonly customer: string | null;
	readonly erased: boolean;
}

/** Waits until everything that went through the queue is stored. */
async function drained(collector: TestCollector, shoppers: readonly Shopper[]): Promise<void> {
	const waiting = () => shoppers.flatMap(({ asks }) => asks.filter(({ queued }) => queued));
	const until = performance.now() + DRAIN_MS;
	for (let open = waiting(); open.length > 0; open = waiting()) {
		if (performance.now() > until) throw new Error(`The queue has kept ${open.length} asks for ${DRAIN_MS / 1000} s`);
		const ids = JSON.stringify(open.map(({ id }) => id));
		const { results } = await collector.db
			.prepare(
				"SELECT id, rev, status, score, comment FROM ask WHERE (site, id) IN (SELECT site.id, value FROM site, json_each(?1))",
			)
			.bind(ids)
			.all<Said & { id: string }>();
		const rows = new Map(results.map((row) => [row.id, row]));
		for (const ask of open) {
			const row = rows.get(ask.id);
			if (row && ask.queued && !outranks(ask.queued, row)) ask.queued = null;
		}
		await pause(500);
	}
}

const PAGE = 5_000;

async function storedAsks(collector: TestCollector, sites: readonly TestSite[]): Promise<StoredAsk[]> {
	const all: StoredAsk[] = [];
	for (const { id: site } of sites)
		for (let last = ""; ; last = all.at(-1)?.id ?? "") {
			const { results } = await collector.db
				.prepare(
					'SELECT id, rev, status, score, comment, "transaction", customer, erased_at IS NOT NULL AS erased FROM ask WHERE site = ?1 AND id > ?2 ORDER BY id LIMIT ?3',
				)
				.bind(site, last, PAGE)
				.all<StoredAsk>();
			all.push(...results);
			if (results.length < PAGE) break;
		}
	return all;
}

/** What is stored, held against what was acknowledged: each the ids of asks that break it. */
function compare(asks: readonly KnownAsk[], stored: readonly StoredAsk[]) {
	const rows = new Map(stored.map((row) => [row.id, row]));
	const known = new Map(asks.map((ask) => [ask.id, ask]));
	const seen = new Set<string>();
	const lost: string[] = [];
	const stale: string[] = [];
	const unerased: string[] = [];
	const back: string[] = [];
	for (const ask of asks) {
		const row = rows.get(ask.id);
		if (ask.fate === "deleted") {
			if (row) back.push(ask.id);
		} else if (!row) lost.push(ask.id);
		else if (ask.fate === "erased") {
			if (!row.erased || row.customer !== null || row.transaction !== null || row.comment !== null) unerased.push(ask.id);
			if (row.score !== ask.stands?.score) stale.push(ask.id);
		} else if (!ask.stands || !same(row, ask.stands)) stale.push(ask.id);
	}
	const doubled = stored.filter(({ transaction }) => transaction !== null && seen.size === seen.add(transaction).size);
	return {
		"acknowledged and not stored": lost,
		"stored otherwise than last acknowledged": stale,
		"deleted and back": back,
		"erased and still there": unerased,
		"stored and never sent": stored.filter(({ id }) => !known.has(id)).map(({ id }) => id),
		"stored twice": doubled.map(({ id }) => id),
	};
}

const same = (row: Said, said: Said) =>
	row.rev === said.rev && row.status === said.status && row.score === said.score && row.comment === said.comment;
