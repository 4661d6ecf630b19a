import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
let state: string;
beforeAll(async () => {
	state = await mkdtemp(join(tmpdir(), "afterword-deploy-"));
	collector = await startCollector({ state, entry: "two-releases", settings: { timezone: "UTC" } });
});
afterAll(async () => {
	await collector.stop();
	await rm(state, { recursive: true });
});

const RELEASES = ["before", "this"] as const;
type Release = (typeof RELEASES)[number];
const either = (): Release => (Math.random() < 0.5 ? "before" : "this");

/** What a shopper says of one order, in order. */
function revisionsOf(order: string, score: number): Ask[] {
	const tap = collector.ask({ transaction: order, score });
	const { score: _, ...unanswered } = tap;
	return [
		{ ...unanswered, rev: 0, status: "shown" },
		tap,
		{ ...tap, rev: 2, drivers: ["price"] },
		{ ...tap, rev: 3, drivers: ["price"], comment: `Of ${order}` },
	];
}

/** Sends a revision to one of the releases until it is taken, as a browser's outbox does. */
async function untilTaken(revision: Ask, release: () => Release): Promise<void> {
	for (;;) {
		const reply = await collector.send(revision, { "x-release": release() }).catch(() => null);
		if ((await reply?.text().catch(() => null)) && reply?.ok) return;
		if (reply && !reply.ok && reply.status < 500) throw new Error(`Refused: ${reply.status}`);
		await new Promise((later) => setTimeout(later, 30));
	}
}

/** What is stored of these orders is each order's last revision, once. */
async function expectLast(name: string, lasts: readonly Ask[]): Promise<void> {
	const { results } = await collector.db
		.prepare(`SELECT id, rev, status, score, drivers, comment FROM ask WHERE "transaction" LIKE ?1 || '-%' ORDER BY id`)
		.bind(name)
		.all();
	const expected = lasts.map(({ id, score, comment }) => ({
		id: createHash("sha256").update(`${collector.site.id}:${id}`).digest("hex").slice(0, 32),
		rev: 3,
		status: "answered",
		score,
		drivers: '["price"]',
		comment,
	}));
	expect(results).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
	expect(await collector.drift()).toEqual([]);
}

test("both releases write the revisions of one ask at the same moment, in any order: the last stands, once", async () => {
	const asks = Array.from({ length: 40 }, (_, i) => revisionsOf(`both-${i}`, i % 11));
	for (const revisions of asks)
		await Promise.all(
			revisions
				.flatMap((revision) => RELEASES.map((release) => [revision, release] as const))
				.sort(() => Math.random() - 0.5)
				.map(([revision, release]) => untilTaken(revision, () => release)),
		);
	await expectLast(
		"both",
		asks.flatMap((revisions) => revisions.slice(-1)),
	);
});

test("a deploy in mid-traffic, the migrations first and then the code, loses and doubles nothing", async () => {
	const lasts: Ask[] = [];
	let deployed = false;
	let over = false;
	const shopper = async (n: number) => {
		for (let i = n; !over; i += 6) {
			const revisions = revisionsOf(`deploy-${i}`, i % 11);
			// Before the code is there only the old one answers; while it spreads, either; then only the new one.
			for (const revision of revisions) await untilTaken(revision, () => (deployed ? either() : "before"));
			lasts.push(...revisions.slice(-1));
		}
	};
	const shoppers = Array.from({ length: 6 }, (_, n) => shopper(n));
	const pause = (ms: number) => new Promise((later) => setTimeout(later, ms));
	await pause(500);
	// What a release to come may bring: migrations only add.
	for (const sql of [
		"ALTER TABLE ask ADD COLUMN of_the_next_release TEXT",
		"ALTER TABLE site ADD COLUMN of_the_next_release INTEGER NOT NULL DEFAULT 0",
		"CREATE TABLE of_the_next_release (site TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (site, id)) WITHOUT ROWID",
		"CREATE INDEX ask_of_the_next_release ON ask (site, of_the_next_release) WHERE of_the_next_release IS NOT NULL",
		"CREATE TRIGGER of_the_next_release AFTER INSERT ON ask WHEN NEW.status = 'answered' BEGIN INSERT INTO of_the_next_release (site, id) VALUES (NEW.site, NEW.id) ON CONFLICT DO NOTHING; END",
	]) {
		await collector.db.prepare(sql).run();
		await pause(200);
	}
	await collector.restart();
	deployed = true;
	await pause(1_000);
	await collector.restart();
	await pause(500);
	over = true;
	await Promise.all(shoppers);
	expect(lasts.length).toBeGreaterThan(6);
	await expectLast("deploy", lasts);
});
