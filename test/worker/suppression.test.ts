import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { erase, NAMELESS, rowsOf } from "../harness/erasures.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector({ entry: "faulty" });
});
beforeEach(async () => {
	site = await collector.makeSite();
	await collector.send({ ...ann(), rev: 1 });
});
afterEach(async () => {
	await faults({ kind: "none" });
	expect(await collector.drift()).toEqual([]);
});
afterAll(() => collector.stop());

const ann = () => collector.ask({ site: site.publicKey, customer: "ann@example.com", transaction: "A-1", comment: "It is Ann." });
const faults = (said: object) => collector.fetch("/faults", { method: "POST", body: JSON.stringify({ share: 1, ...said }) });
const listed = async () =>
	(await collector.suppressed.list({ prefix: `${site.id}/` })).keys.map(({ name, expiration, metadata }) => ({
		name,
		expiration,
		at: Number(Object(metadata).at),
	}));
const tombstones = async () =>
	(await collector.db.prepare("SELECT id, created_at FROM tombstone WHERE site = ?1 ORDER BY id").bind(site.id).all()).results;
const answerId = async () => (await rowsOf(collector, site))[0]?.id ?? "";
const remove = async (id: string) => (await collector.owner(`/v1/responses/${id}`, { method: "DELETE" }, site)).status;

test("the list and the database hold the same for thirteen months, and neither can be read for a name", async () => {
	const before = Date.now();
	await collector.send({ ...ann(), customer: "bob", transaction: "B-1" });
	await erase(collector, "customer", "ann@example.com", site);
	await erase(collector, "transaction", "B-1", site);
	const id = await answerId();
	expect(await remove(id)).toBe(204);
	const keys = await listed();
	const names = [`${site.id}/answer/${id}`, `${site.id}/customer/`, `${site.id}/transaction/`];
	expect(keys.map(({ name }) => name.replace(/(?<=customer\/|transaction\/)[0-9a-f]{32}$/, ""))).toEqual(names);
	for (const { expiration, at } of keys) {
		expect(at).toBeGreaterThanOrEqual(before);
		expect(Number(expiration) * 1000 - before).toBeGreaterThan(395 * DAY_MS);
		expect(Number(expiration) * 1000 - before).toBeLessThan(398 * DAY_MS);
	}
	const kept = keys.map(({ name, at }) => ({
		id: name.replace(`${site.id}/`, "").replace("answer/", ""),
		created_at: at,
	}));
	expect(await tombstones()).toEqual(kept.toSorted((a, b) => a.id.localeCompare(b.id)));
});

test("the same name has another hash in another site", async () => {
	const other = await collector.makeSite();
	for (const of of [site, other]) await erase(collector, "customer", "ann@example.com", of);
	const { keys } = await collector.suppressed.list();
	const hashes = keys.filter(({ name }) => [site.id, other.id].includes(name.split("/")[0] ?? "")).map(({ name }) => name);
	expect(new Set(hashes.map((name) => name.split("/").at(-1))).size).toBe(2);
});

test("where the list cannot be written nothing is erased or deleted, and it is said; doing it again does it", async () => {
	const id = await answerId();
	await faults({ kind: "suppression" });
	expect(await erase(collector, "customer", "ann@example.com", site)).toMatchObject([503, { code: "unavailable" }]);
	expect(await remove(id)).toBe(503);
	expect(await rowsOf(collector, site)).toMatchObject([{ customer: "ann@example.com", erased: false }]);
	expect([await listed(), await tombstones()]).toEqual([[], []]);
	await faults({ kind: "none" });
	expect(await erase(collector, "customer", "ann@example.com", site)).toEqual([200, { erased: 1 }]);
	expect(await remove(id)).toBe(204);
	expect([(await listed()).length, (await tombstones()).length]).toEqual([2, 2]);
});

test("where the database fails after the list it is said too; doing it again erases and counts right", async () => {
	await faults({ kind: "lost" });
	expect(await erase(collector, "transaction", "A-1", site)).toMatchObject([503, { code: "unavailable" }]);
	expect([(await listed()).length, (await tombstones()).length]).toEqual([1, 1]);
	expect(await rowsOf(collector, site)).toMatchObject([{ customer: "ann@example.com", erased: false }]);
	await faults({ kind: "none" });
	expect(await erase(collector, "transaction", "A-1", site)).toEqual([200, { erased: 1 }]);
	expect(await rowsOf(collector, site)).toMatchObject([NAMELESS]);
	expect([(await listed()).length, (await tombstones()).length]).toEqual([1, 1]);
});

test.for(["SUPPRESSED", "AFTERWORD_SECRET"])("without %s nothing is erased, and answers are taken all the same", async (name) => {
	await faults({ kind: "none", without: [name] });
	expect(await erase(collector, "customer", "ann@example.com", site)).toMatchObject([503, { code: "unavailable" }]);
	expect((await collector.send(ann())).status).toBe(201);
	expect(await rowsOf(collector, site)).toMatchObject([{ erased: false }, { erased: false }]);
	expect([await listed(), await tombstones()]).toEqual([[], []]);
});

test("what there is not is neither deleted nor listed", async () => {
	expect(await remove("0123456789abcdef0123456789abcdef")).toBe(404);
	expect(await listed()).toEqual([]);
});

test("tombstones of both kinds end after thirteen months, the oldest first, so many at a time", async () => {
	// By its address: the Worker calls it in its scheduled run, of which no test here is about.
	const { expireTombstones } = await import(new URL("../../worker/db/tombstones.ts", import.meta.url).href);
	const now = Date.now();
	await erase(collector, "customer", "ann@example.com", site);
	await erase(collector, "transaction", "A-1", site);
	await remove(await answerId());
	const age = async (days: number, id: string) =>
		collector.db
			.prepare("UPDATE tombstone SET created_at = ?1 WHERE site = ?2 AND id GLOB ?3")
			.bind(now - days * DAY_MS, site.id, id)
			.run();
	await age(396, "customer/*");
	await age(399, "transaction/*");
	await age(398, "????????????????????????????????");
	expect(await expireTombstones(collector.db, now, 1)).toBe(1);
	const kinds = async () => (await tombstones()).map(({ id }) => /^(\w+)\//.exec(String(id))?.[1] ?? "answer").sort();
	expect(await kinds()).toEqual(["answer", "customer"]);
	expect(await expireTombstones(collector.db, now, 100)).toBe(1);
	expect(await kinds()).toEqual(["customer"]);
	expect(await expireTombstones(collector.db, now, 100)).toBe(0);
});
