import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { PATHS } from "../../local/paths.ts";
import type { Ask } from "../../shared/ask-contract.ts";
import { TRIES } from "../../worker/ingest-queue.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

let collector: TestCollector;
let state: string;
/** The sites whose answers go through the queue. */
let sites: TestSite[];
beforeAll(async () => {
	state = await mkdtemp(join(tmpdir(), "afterword-queue-"));
	collector = await startCollector({ state, entry: "lasting-queue" });
	sites = [collector.site, await collector.makeSite()];
	for (const site of sites)
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ ingest: "queue" }) }, site);
});
afterAll(async () => {
	await collector.stop();
	await rm(state, { recursive: true });
});

/** Tells the queue what to do: see test/harness/lasting-queue-entry.js. */
const tell = (command: object) => collector.fetch("/queue", { method: "POST", body: JSON.stringify(command) });

/** The id under which an ask of a site is stored. */
const storedId = ({ id: site }: TestSite, id: string) => createHash("sha256").update(`${site}:${id}`).digest("hex").slice(0, 32);

/** What one shopper says of one order: shown, tapped, a reason, a comment. */
function revisionsOf(order: string, site: TestSite, i: number): Ask[] {
	const tap = collector.ask({ site: site.publicKey, transaction: order, score: i % 11 });
	const { score: _, ...unanswered } = tap;
	return [
		{ ...unanswered, rev: 0, status: "shown" },
		tap,
		{ ...tap, rev: 2, drivers: ["price"] },
		{ ...tap, rev: 3, drivers: ["price"], comment: `The last word on ${order}` },
	];
}

/** Gives the queue all that so many shoppers of both sites say; each is acknowledged. */
async function sayAll(name: string, shoppers: number): Promise<{ id: string; last: Ask }[]> {
	const said: { id: string; last: Ask }[] = [];
	for (let i = 0; i < shoppers; i++) {
		const site = sites[i % 2] ?? collector.site;
		const revisions = revisionsOf(`${name}-${i}`, site, i);
		for (const revision of revisions) {
			const reply = await collector.send(revision);
			expect([reply.status, await reply.json()]).toEqual([202, { status: "queued" }]);
		}
		const [last] = revisions.slice(-1);
		if (last) said.push({ id: storedId(site, last.id), last });
	}
	return said;
}

const rowsOf = async (name: string) =>
	(
		await collector.db
			.prepare(`SELECT id, rev, status, score, drivers, comment FROM ask WHERE "transaction" LIKE ?1 || '-%' ORDER BY id`)
			.bind(name)
			.all()
	).results;

/** Waits until the queue has brought everything; then what is stored is what was acknowledged, each once, at its last revision. */
async function expectStored(name: string, said: readonly { id: string; last: Ask }[]): Promise<void> {
	const open = async () => (await collector.db.prepare("SELECT count(*) AS n FROM held_message").first())?.["n"];
	await expect.poll(open, { timeout: 180_000, interval: 100 }).toBe(0);
	const expected = said.map(({ id, last }) => ({
		id,
		rev: 3,
		status: "answered",
		score: last.score,
		drivers: '["price"]',
		comment: last.comment,
	}));
	expect(await rowsOf(name)).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
	expect(await collector.drift()).toEqual([]);
}

/** A message for one ask, as the Worker itself has put it into the queue. */
async function messageOf(site: TestSite, order: string): Promise<Record<string, unknown>> {
	await tell({ hold: true });
	await collector.send(collector.ask({ site: site.publicKey, transaction: order, score: 5 }));
	const row = await collector.db
		.prepare("DELETE FROM held_message WHERE id = (SELECT max(id) FROM held_message) RETURNING body")
		.first();
	return JSON.parse(String(row?.["body"]));
}

const POISONS: Readonly<Record<string, (message: Record<string, unknown>) => object | null>> = {
	"a status there is not": (message) => ({
		...message,
		revision: { ...Object(message["revision"]), status: "pondered", id: "p".repeat(32) },
	}),
	"no revision": ({ site }) => ({ site }),
	"no site": ({ revision }) => ({ revision }),
	"a site that is no name": ({ revision }) => ({ site: 7, revision }),
	"nothing at all": () => null,
};
const poisoned: unknown[] = [];

test.for(Object.keys(POISONS))("one message in ten with %s keeps none of the other nine", async (what) => {
	const site = sites[0] ?? collector.site;
	const name = `beside-${poisoned.length}`;
	const poison = POISONS[what]?.(await messageOf(site, "poison-1"));
	poisoned.push(poison);
	await tell({ hold: true });
	const said = await sayAll(name, 9);
	await tell({ messages: [poison], copies: 1 });
	await expectStored(name, said);
});

test("messages that come three times and in any order end as if each had come once and in turn", async () => {
	await tell({ hold: true });
	const said = await sayAll("shuffled", 60);
	expect(await rowsOf("shuffled")).toEqual([]);
	await tell({ copies: 3 });
	await expectStored("shuffled", said);
});

test("wrangler.toml has a message tried as often as the Worker counts", () => {
	const { queues } = unstable_readConfig({ config: PATHS.wranglerConfig });
	const consumer = queues.consumers?.find(({ queue }: { queue: string }) => queue === "afterword-ingest");
	expect(Number(consumer?.max_retries) + 1).toBe(TRIES);
});

test("what could be written in none of its twenty tries stands among the dead letters, as it was sent, and nothing else does", async () => {
	const letters = async (): Promise<string[]> => {
		const { results } = await collector.db.prepare("SELECT body FROM dead_letter").all();
		return results.map(({ body }) => String(body));
	};
	await expect.poll(async () => (await letters()).length, { timeout: 90_000, interval: 500 }).toBe(poisoned.length);
	expect((await letters()).sort()).toEqual(poisoned.map((one) => JSON.stringify(one)).sort());
	expect(await rowsOf("poison")).toEqual([]);
}, 120_000);

test.for([
	["before the first site is written", { stopAt: 1, when: "before" }],
	["between two sites", { stopAt: 1, when: "after" }],
	["after all is written and nothing acknowledged", { stopAt: 2, when: "after" }],
] as const)("a Worker killed in the middle of a batch, %s, has lost and doubled nothing", async ([, stop]) => {
	const name = `killed-${stop.stopAt}-${stop.when}`;
	await tell({ hold: true });
	const said = await sayAll(name, 20);
	await tell({ ...stop, copies: 1 });
	await expect.poll(async () => (await (await collector.fetch("/queue")).json()).stopped, { timeout: 120_000 }).toBe(true);
	await collector.restart();
	await tell({ copies: 1 });
	await expectStored(name, said);
});

test("a Worker killed while it writes one by one, for one of the batch cannot be written, has lost and doubled nothing", async () => {
	const poison = POISONS["a status there is not"]?.(await messageOf(sites[0] ?? collector.site, "poison-2"));
	await tell({ hold: true });
	const said = await sayAll("one-by-one", 12);
	await tell({ messages: [poison], copies: 1, stopAt: 17, when: "after" });
	await expect.poll(async () => (await (await collector.fetch("/queue")).json()).stopped, { timeout: 120_000 }).toBe(true);
	await collector.restart();
	await tell({ copies: 1 });
	await expectStored("one-by-one", said);
});

test("killed again and again while shoppers send and the queue brings, it stores every answer it took, once", async () => {
	const said: { id: string; last: Ask }[] = [];
	let over = false;
	const shopper = async (n: number) => {
		for (let i = n; !over; i += 8) {
			const site = sites[i % 2] ?? collector.site;
			const revisions = revisionsOf(`again-${i}`, site, i);
			for (const revision of revisions) await untilTaken(revision);
			const [last] = revisions.slice(-1);
			if (last) said.push({ id: storedId(site, last.id), last });
		}
	};
	const untilTaken = async (revision: Ask) => {
		for (;;) {
			const reply = await collector.send(revision).catch(() => null);
			if ((await reply?.text().catch(() => null)) && reply?.ok) return;
			await new Promise((later) => setTimeout(later, 50));
		}
	};
	const shoppers = Array.from({ length: 8 }, (_, n) => shopper(n));
	for (const ms of [1_200, 400, 2_300, 3_000, 100]) {
		await new Promise((later) => setTimeout(later, ms));
		await collector.restart();
		await tell({ copies: 1 });
	}
	over = true;
	await Promise.all(shoppers);
	await tell({ copies: 1 });
	await expectStored("again", said);
	expect(said.length).toBeGreaterThan(10);
}, 120_000);
