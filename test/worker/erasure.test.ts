import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { erase, NAMELESS, rowsOf } from "../harness/erasures.ts";

const HOUR_MS = 60 * 60 * 1000;
const WEEK_MS = 7 * 24 * HOUR_MS;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector({ entry: "faulty" });
});
beforeEach(async () => {
	site = await collector.makeSite();
});
afterEach(async () => {
	await faults({ kind: "none" });
	expect(await collector.drift()).toEqual([]);
});
afterAll(() => collector.stop());

const faults = (said: object) => collector.fetch("/faults", { method: "POST", body: JSON.stringify({ share: 1, ...said }) });

/** An answer of Ann's, an hour old, about the order A-1. */
const anns = (changes: Partial<Ask> = {}): Ask => ({
	...collector.ask({ customer: "ann@example.com", transaction: "A-1", comment: "It is Ann.", score: 2, age_ms: HOUR_MS }),
	page: "https://shop.example/thanks",
	site: site.publicKey,
	...changes,
});
const send = async (ask: Ask): Promise<string> => (await (await collector.send(ask)).json()).status;
const through = (ingest: "direct" | "queue") =>
	collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ ingest }) }, site);
const rows = () => rowsOf(collector, site);
const funnel = async () => (await (await collector.owner("/v1/scores?survey=nps&window=30d", {}, site)).json()).scores[0].funnel;

describe.for([
	["customer", "ann@example.com"],
	["transaction", "A-1"],
] as const)("a %s who is erased", ([kind, value]) => {
	test("is in no ask of the site any more, and every score stays", async () => {
		await send(anns());
		await send(anns({ status: "shown", rev: 0, score: undefined, comment: undefined } as Partial<Ask>));
		await send(anns({ customer: "bob", transaction: "B-1" }));
		const before = await funnel();
		expect(await erase(collector, kind, value, site)).toEqual([200, { erased: 2 }]);
		expect(await erase(collector, kind, value, site)).toEqual([200, { erased: 0 }]);
		const kept = await rows();
		expect(kept.filter(({ erased }) => erased)).toMatchObject([NAMELESS, NAMELESS]);
		expect(kept.filter(({ erased }) => !erased)).toMatchObject([{ customer: "bob", transaction: "B-1", comment: "It is Ann." }]);
		expect(await funnel()).toEqual(before);
	});

	test.for(["direct", "queue"] as const)("is not brought back by what a browser kept until then (%s)", async (ingest) => {
		await through(ingest);
		expect(await erase(collector, kind, value, site)).toEqual([200, { erased: 0 }]);
		await send(anns());
		await expect.poll(rows, { timeout: 120_000 }).toMatchObject([{ ...NAMELESS, score: 2, commented: 1 }]);
		expect(await funnel()).toMatchObject({ answered: 1, commented: 1 });
	});

	test.for(["direct", "queue"] as const)("is kept whole where the ask was shown later (%s)", async (ingest) => {
		await through(ingest);
		await send(anns({ transaction: "another", customer: "another" }));
		await erase(collector, kind, value, site);
		const ask = anns({ age_ms: 0 });
		await send(ask);
		// When it was shown is what its first revision says.
		await send({ ...ask, rev: 2, score: 7, age_ms: ingest === "direct" ? HOUR_MS : 0 });
		const named = { customer: "ann@example.com", transaction: "A-1", comment: "It is Ann.", score: 7, erased: false };
		await expect.poll(async () => (await rows()).at(-1), { timeout: 120_000 }).toMatchObject(named);
		expect(await erase(collector, kind, value, site)).toEqual([200, { erased: 1 }]);
		expect((await rows()).at(-1)).toMatchObject({ ...NAMELESS, score: 7 });
	});

	test("of another site is nobody's business", async () => {
		const other = await collector.makeSite();
		await send(anns({ site: other.publicKey }));
		await erase(collector, kind, value, site);
		await send(anns({ site: other.publicKey, age_ms: 2 * HOUR_MS }));
		const named = { customer: "ann@example.com", transaction: "A-1", comment: "It is Ann.", erased: false };
		expect(await rowsOf(collector, other)).toMatchObject([named, named]);
	});
});

test("an ask that waits in the queue while its customer is erased comes out nameless, its answer counted", async () => {
	await through("queue");
	await faults({ kind: "new-asks" });
	const shown = anns({ status: "shown", rev: 0, score: undefined, comment: undefined } as Partial<Ask>);
	for (const ask of [shown, { ...anns({ rev: 1 }), id: shown.id }, anns({ customer: "bob", transaction: "B-1" })])
		expect(await send(ask)).toBe("queued");
	expect(await erase(collector, "customer", "ann@example.com", site)).toEqual([200, { erased: 0 }]);
	await faults({ kind: "none" });
	await expect.poll(async () => (await rows()).filter(({ status }) => status === "answered").length, { timeout: 40_000 }).toBe(2);
	expect((await rows()).find(({ erased }) => erased)).toMatchObject({ ...NAMELESS, score: 2 });
	expect((await rows()).find(({ erased }) => !erased)).toMatchObject({ customer: "bob", comment: "It is Ann." });
});

describe.for(["direct", "queue"] as const)("a later revision (%s)", (ingest) => {
	/** Sends what must change nothing, then something else, and waits until that is there. */
	const sendInVain = async (...asks: Ask[]) => {
		await through(ingest);
		for (const ask of asks) await send(ask);
		await send(anns({ transaction: "last", customer: "last", age_ms: 0 }));
		await expect.poll(async () => (await rows()).some(({ customer }) => customer === "last"), { timeout: 120_000 }).toBe(true);
		return (await rows()).filter(({ customer }) => customer !== "last");
	};

	test("of an erased answer changes nothing, whoever it names", async () => {
		const ask = anns();
		await send(ask);
		await erase(collector, "customer", "ann@example.com", site);
		const edits = [
			{ ...ask, rev: 2, comment: "Ann again.", score: 9 },
			{ ...ask, rev: 3, customer: "anna", transaction: "A-2", comment: "Under another name." },
		];
		expect(await sendInVain(...edits)).toMatchObject([{ ...NAMELESS, score: 2 }]);
	});

	test("of an erased showing gives it its answer, and no name", async () => {
		const shown = anns({ status: "shown", rev: 0, score: undefined, comment: undefined } as Partial<Ask>);
		await send(shown);
		await erase(collector, "customer", "ann@example.com", site);
		const kept = await sendInVain({ ...anns({ rev: 1 }), id: shown.id }, { ...anns({ rev: 2, score: 9 }), id: shown.id });
		expect(kept).toMatchObject([{ ...NAMELESS, status: "answered", score: 2 }]);
	});

	test("that names who was erased erases the nameless ask it belongs to", async () => {
		const { customer: _, transaction: __, ...ask } = anns();
		await send(ask);
		await erase(collector, "customer", "ann@example.com", site);
		const kept = await sendInVain({ ...anns({ rev: 2, comment: "Signed, Ann" }), id: ask.id });
		expect(kept).toMatchObject([{ ...NAMELESS, score: 2, commented: 1 }]);
	});
});

test("an age that is no longer believed says that the ask was shown before, whenever the erasure was", async () => {
	await erase(collector, "customer", "ann@example.com", site);
	const longAgo = Date.now() - WEEK_MS - 24 * HOUR_MS;
	await collector.db.prepare("UPDATE tombstone SET created_at = ?1 WHERE site = ?2").bind(longAgo, site.id).run();
	await send(anns({ age_ms: WEEK_MS }));
	await send(anns({ age_ms: WEEK_MS - HOUR_MS, transaction: "A-2" }));
	expect((await rows()).map(({ customer }) => customer).toSorted()).toEqual(["ann@example.com", null]);
});

test("a signed order is erased like a claimed one, by any name that can be signed", async () => {
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
	const customer = "👩‍👩‍👧 Ann ";
	const base64url = (text: string) => Buffer.from(text).toString("base64url");
	const iat = Math.floor(Date.now() / 1000) - 7_200;
	const message = ["awtx1", site.publicKey, made.secret.kid, iat, base64url("#1001"), base64url(customer)].join(".");
	const token = `${message}.${createHmac("sha256", made.signing_secret).update(message).digest("hex")}`;
	expect(await send(anns({ token }))).toBe("stored");
	expect(await send(anns({ token, score: 9 }))).toBe("already_answered");
	expect(await erase(collector, "customer", customer, site)).toEqual([200, { erased: 1 }]);
	expect(await erase(collector, "transaction", "#1001", site)).toEqual([200, { erased: 0 }]);
	await send(anns({ token }));
	expect(await rows()).toMatchObject([NAMELESS, NAMELESS]);
});

test("a letter that the queue has given up loses who it names too", async () => {
	const revision = { id: "x", customer: "ann@example.com", transaction: "A-1", comment: "It is Ann.", page: "p", score: 2 };
	const insert = collector.db.prepare("INSERT INTO dead_letter (id, body, sent_at) VALUES (?1, ?2, 0)");
	const others = await collector.makeSite();
	const sites = [site, others];
	await collector.db.batch(sites.map(({ id }) => insert.bind(id, JSON.stringify({ site: id, revision }))));
	await insert.bind("poison", "no JSON").run();
	await erase(collector, "transaction", "A-1", site);
	const body = async (id: string) =>
		(await collector.db.prepare("SELECT body FROM dead_letter WHERE id = ?1").bind(id).first<{ body: string }>())?.body ?? "";
	const { comment, transaction, customer, page } = NAMELESS;
	expect(JSON.parse(await body(site.id))).toEqual({
		site: site.id,
		revision: { ...revision, comment, transaction, customer, page },
	});
	expect(JSON.parse(await body(others.id)).revision).toEqual(revision);
	expect(await body("poison")).toBe("no JSON");
});

test("the audit log says that somebody was erased and not who", async () => {
	await erase(collector, "customer", "ann@example.com", site);
	await erase(collector, "transaction", "A-1", site);
	const entries = async () => (await (await collector.owner("/v1/audit", {}, site)).json()).entries;
	await expect.poll(async () => (await entries()).length).toBe(3);
	expect((await entries()).slice(0, 2).map(({ action, object }: Record<string, string>) => [action, object])).toEqual([
		["DELETE /v1/transactions/:transaction", ""],
		["DELETE /v1/customers/:customer", ""],
	]);
	expect(JSON.stringify(await entries())).not.toMatch(/ann@|A-1/);
});

test("it needs a key with the scope erase, and a name that could have been kept", async () => {
	const made = await collector.owner("/v1/keys", { method: "POST", body: JSON.stringify({ name: "Reader" }) }, site);
	const reader = { ...site, secretKey: (await made.json()).secret_key };
	expect((await erase(collector, "transaction", "A-1", reader))[0]).toBe(403);
	for (const wrong of ["x".repeat(65), "a\u0007b"]) {
		const [status, problem] = await erase(collector, "transaction", wrong, site);
		expect([status, problem.field]).toEqual([400, "transaction"]);
	}
});
