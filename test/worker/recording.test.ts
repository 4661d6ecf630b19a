import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

/** Sends revisions one after the other and gives what was said of each. */
async function sendInTurn(...asks: Ask[]): Promise<string[]> {
	const said: string[] = [];
	for (const ask of asks) said.push((await (await collector.send(ask)).json()).status);
	return said;
}

/** The kept row of the ask with this transaction. */
async function kept(transaction: string) {
	return collector.db
		.prepare('SELECT rev, status, outcome, score, comment, day, shown_at, delay FROM ask WHERE "transaction" = ?1')
		.bind(transaction)
		.all<Record<string, unknown>>();
}

describe("revisions of one ask", () => {
	test("an answer sent twice is counted once", async () => {
		const ask = collector.ask({ survey: "ces", score: 7 });
		expect((await collector.send(ask)).status).toBe(201);
		const again = await collector.send(ask);
		expect([again.status, await again.json()]).toEqual([200, { status: "duplicate" }]);
		expect(await collector.score("ces")).toMatchObject({ responses: 1, value: 7 });
	});

	test("a duplicate writes nothing", async () => {
		const ask = collector.ask();
		await collector.send(ask);
		expect((await collector.send(ask)).headers.get("x-rows-written")).toBe("0");
	});

	test("the same answer sent twenty times in parallel is one answer", async () => {
		const ask = collector.ask({ transaction: "twenty" });
		const replies = await Promise.all(Array.from({ length: 20 }, () => collector.send(ask)));
		expect(replies.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
		expect((await kept("twenty")).results).toHaveLength(1);
		expect(await collector.drift()).toEqual([]);
	});

	test("whatever the order of arrival, the highest revision stands", async () => {
		const revisions = [1, 2, 3].map((rev) => ({ rev, score: rev, comment: `revision ${rev}` }));
		for (const order of [
			[0, 1, 2],
			[2, 1, 0],
			[1, 2, 0],
			[2, 0, 1],
		]) {
			const base = { id: randomUUID(), transaction: `order-${order.join("")}` };
			await sendInTurn(...order.map((i) => collector.ask({ ...base, ...revisions[i] })));
			expect((await kept(base.transaction)).results).toMatchObject([{ rev: 3, score: 3, comment: "revision 3" }]);
		}
		expect(await collector.drift()).toEqual([]);
	});

	test("a lower revision is ignored and writes nothing", async () => {
		const id = randomUUID();
		await collector.send(collector.ask({ id, rev: 4 }));
		const lower = await collector.send(collector.ask({ id, rev: 2, score: 1 }));
		expect([lower.status, await lower.json(), lower.headers.get("x-rows-written")]).toEqual([200, { status: "ignored" }, "0"]);
	});

	test("a status only climbs: shown, dismissed, answered", async () => {
		const base = { id: randomUUID(), transaction: "climbs" };
		const said = await sendInTurn(
			collector.ask({ ...base, rev: 0, status: "shown" }),
			collector.ask({ ...base, rev: 1, status: "dismissed" }),
			collector.ask({ ...base, rev: 2, score: 8 }),
			collector.ask({ ...base, rev: 3, status: "dismissed" }),
			collector.ask({ ...base, rev: 4, score: 6 }),
		);
		expect(said).toEqual(["stored", "stored", "stored", "ignored", "stored"]);
		expect((await kept("climbs")).results).toMatchObject([{ rev: 4, status: "answered", outcome: "6" }]);
	});

	test("an answer that arrives after its own later dismissal still counts", async () => {
		const base = { id: randomUUID(), transaction: "late-answer" };
		await sendInTurn(collector.ask({ ...base, rev: 3, status: "dismissed" }), collector.ask({ ...base, rev: 2, score: 10 }));
		expect((await kept("late-answer")).results).toMatchObject([{ status: "answered", score: 10 }]);
		expect(await collector.drift()).toEqual([]);
	});

	test("a revision with another survey than its ask is refused", async () => {
		const id = randomUUID();
		await collector.send(collector.ask({ id, score: 3 }));
		const other = await collector.send(collector.ask({ id, rev: 2, survey: "csat", score: 3 }));
		expect([other.status, await other.json()]).toMatchObject([400, { code: "invalid_request", field: "survey" }]);
	});
});

describe("the day of an ask", () => {
	test("is the site's day on which it was shown, whenever it arrives", async () => {
		await collector.send(collector.ask({ transaction: "three-days", age_ms: 3 * DAY_MS }));
		const expected = addDays(dayOf(Date.now(), "Europe/Rome"), -3);
		expect((await kept("three-days")).results).toMatchObject([{ day: expected, delay: "3d" }]);
	});

	test("and its delay are moved by no later revision", async () => {
		const base = { id: randomUUID(), transaction: "fixed-day" };
		await collector.send(collector.ask({ ...base, age_ms: 2 * DAY_MS }));
		const [before] = (await kept("fixed-day")).results;
		await collector.send(collector.ask({ ...base, rev: 2, age_ms: 5 * DAY_MS, comment: "later" }));
		const [after] = (await kept("fixed-day")).results;
		expect(after).toEqual({ ...before, rev: 2, comment: "later" });
		expect(await collector.drift()).toEqual([]);
	});

	test("keeps a declared segment apart whose key and values look like a delay", async () => {
		await collector.owner("/v1/site", {
			method: "PATCH",
			body: JSON.stringify({ segments: { "delivery-delay": ["1h", "1d", "3d"] } }),
		});
		const base = { id: randomUUID(), transaction: "look-alike", segments: { "delivery-delay": "1d" } };
		await collector.send(collector.ask({ ...base }));
		await collector.send(collector.ask({ ...base, rev: 2, age_ms: 2 * 3_600_000, comment: "later" }));
		expect(await collector.drift()).toEqual([]);
		const { scores } = await (await collector.owner("/v1/scores?survey=nps&segment=delivery-delay:1d")).json();
		expect(scores[0].responses).toBe(1);
	});

	test("is believed between now and seven days ago, whatever the shopper's clock says", async () => {
		const today = dayOf(Date.now(), "Europe/Rome");
		await collector.send(collector.ask({ transaction: "year-1970", age_ms: 55 * 365 * DAY_MS }));
		await collector.send(collector.ask({ transaction: "future", age_ms: -3 * 365 * DAY_MS }));
		expect((await kept("year-1970")).results).toMatchObject([{ day: addDays(today, -7) }]);
		expect((await kept("future")).results).toMatchObject([{ day: today }]);
	});

	test("closes its ask to edits after seven days", async () => {
		const base = { id: randomUUID(), transaction: "closed" };
		await collector.send(collector.ask({ ...base, score: 9 }));
		await collector.db
			.prepare('UPDATE ask SET shown_at = shown_at - ?1 WHERE "transaction" = ?2')
			.bind(7 * DAY_MS + 1, "closed")
			.run();
		expect(await sendInTurn(collector.ask({ ...base, rev: 2, score: 0 }))).toEqual(["ignored"]);
	});
});

describe("a whole ask as the widget sends it", () => {
	/** What each of its revisions writes: the tap of a low score, two reasons, a comment. */
	async function written(identity: object, site = collector.site): Promise<number[]> {
		const base = { site: site.publicKey, id: randomUUID(), channel: "page", locale: "en", device: "phone", ...identity } as const;
		const steps = [
			collector.ask({ ...base, rev: 1, score: 6 }),
			collector.ask({ ...base, rev: 2, score: 6, drivers: ["price"] }),
			collector.ask({ ...base, rev: 3, score: 6, drivers: ["price", "delivery"] }),
			collector.ask({ ...base, rev: 4, score: 6, drivers: ["price", "delivery"], comment: "Slow." }),
		];
		const rows: number[] = [];
		for (const step of steps) rows.push(Number((await collector.send(step)).headers.get("x-rows-written")));
		return rows;
	}
	const sum = (rows: readonly number[]) => rows.reduce((all, n) => all + n, 0);

	test("writes at most 24 rows, an ignored one at most 8", async () => {
		expect(sum(await written({ transaction: "budget" }))).toBeLessThanOrEqual(24);
		const ignored = await collector.send(
			collector.ask({ channel: "page", locale: "en", device: "phone", transaction: "budget", rev: 0, status: "shown" }),
		);
		expect(Number(ignored.headers.get("x-rows-written"))).toBeLessThanOrEqual(8);
	});

	test("writes with a customer one row more, by which the customer is erased", async () => {
		expect(sum(await written({ transaction: "known", customer: "ann" }))).toBeLessThanOrEqual(25);
	});

	test("writes two more where the site signs, signed or not: the count of its kind, with the tap and with the comment", async () => {
		const site = await collector.makeSite();
		const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
		const signer = { site: site.publicKey, kid: made.secret.kid, secret: made.signing_secret };
		for (const [identity, most] of [
			[{ transaction: "unsigned" }, [11, 3, 2, 10]],
			[{ transaction: "claimed", customer: "ann" }, [12, 3, 2, 10]],
			[{ token: tokenOf(signer, "signed") }, [11, 3, 2, 10]],
			[{ token: tokenOf(signer, "proven", "ann") }, [12, 3, 2, 10]],
		] as const)
			for (const [step, rows] of (await written(identity, site)).entries()) expect(rows).toBeLessThanOrEqual(most[step] ?? 0);
		const { results } = await collector.db
			.prepare(
				"SELECT value, sum(n) AS n, sum(commented) AS commented FROM tally WHERE site = ?1 AND key = 'verified' GROUP BY value",
			)
			.bind(site.id)
			.all();
		expect(results).toEqual([
			{ value: "no", n: 2, commented: 2 },
			{ value: "yes", n: 2, commented: 2 },
		]);
	});
});
