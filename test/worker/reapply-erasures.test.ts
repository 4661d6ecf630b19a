import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { PATHS } from "../../local/paths.ts";
import type { Ask } from "../../shared/ask-contract.ts";
import { OPERATOR_KEY, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { erase, NAMELESS, rowsOf, snapshot } from "../harness/erasures.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";

const HOUR_MS = 60 * 60 * 1000;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
beforeEach(async () => {
	site = await collector.makeSite();
});
afterEach(async () => expect(await collector.drift()).toEqual([]));
afterAll(() => collector.stop());

const send = (customer: string, transaction: string, changes: Partial<Ask> = {}, of = site) =>
	collector.send({
		...collector.ask({ customer, transaction, comment: "Me.", age_ms: HOUR_MS }),
		site: of.publicKey,
		...changes,
	});
const named = async (of = site) => (await rowsOf(collector, of)).map(({ customer }) => customer).toSorted();

/** Runs the operator's command, and gives what it printed. */
async function reapply(address = collector.url, key = OPERATOR_KEY): Promise<string> {
	const command = join(PATHS.root, "deploy/reapply-erasures.ts");
	const env = { ...process.env, AFTERWORD_OPERATOR_KEY: key };
	const { stdout } = await promisify(execFile)(process.execPath, [command, "--address", address], { env });
	return stdout.trim();
}

/** One step over the API. */
const step = (body: object, key = OPERATOR_KEY) =>
	collector.fetch("/v1/reapply-erasures", {
		method: "POST",
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: JSON.stringify(body),
	});

test("after a restore the command erases and deletes again, and nothing else", async () => {
	const others = await collector.makeSite();
	await send("ann", "A-1");
	await send("ann", "A-2", { score: 3 });
	await send("bob", "B-1");
	await send("carl", "C-1");
	await send("spam", "D-1", { score: 0 });
	await send("ann", "A-1", {}, others);
	const spam = (await rowsOf(collector, site)).find(({ customer }) => customer === "spam");
	const letters = { ann: { customer: "ann", transaction: "A-3" }, spam: { id: spam?.id, callback: { contact: "Me." } } };
	for (const [id, said] of Object.entries(letters)) {
		const body = JSON.stringify({ site: site.id, revision: { ...said, comment: "Me.", shownAt: 5 } });
		const insert = "INSERT INTO dead_letter (id, body, sent_at, site) VALUES (?1, ?2, 0, ?3)";
		await collector.db.prepare(insert).bind(id, body, site.id).run();
	}
	const restore = await snapshot(collector);

	await erase(collector, "customer", "ann", site);
	await erase(collector, "transaction", "C-1", site);
	await collector.owner(`/v1/responses/${spam?.id}`, { method: "DELETE" }, site);
	const score = async () => (await collector.owner("/v1/scores?window=30d", {}, site)).json();
	const before = await score();
	await restore();
	expect(await named()).toEqual(["ann", "ann", "bob", "carl", "spam"]);
	expect((await score()).scores).not.toEqual(before.scores);

	expect(await reapply()).toBe("Read 3 erasures and deletions. Erased again: 4. Deleted again: 2.");
	expect(await rowsOf(collector, site)).toMatchObject([NAMELESS, NAMELESS, { customer: "bob", erased: false }, NAMELESS]);
	expect(await named(others)).toEqual(["ann"]);
	expect((await score()).scores).toEqual(before.scores);
	const kept = (await collector.db.prepare("SELECT id, body FROM dead_letter").all<{ id: string; body: string }>()).results;
	expect(kept.map(({ id, body }) => ({ id, ...JSON.parse(body).revision }))).toEqual([
		{ id: "ann", customer: null, transaction: null, comment: null, shownAt: 5 },
	]);

	expect(await reapply()).toBe("Read 3 erasures and deletions. Erased again: 0. Deleted again: 0.");
	const { entries } = await (await collector.owner("/v1/audit", {}, site)).json();
	const noted = entries.filter(({ action }: { action: string }) => action === "POST /v1/reapply-erasures");
	expect(noted.map(({ actor }: { actor: string }) => actor)).toEqual(["operator", "operator"]);

	await send("ann", "A-4");
	expect(await named()).toEqual(["bob", null, null, null, null]);
	await collector.db.prepare("DELETE FROM dead_letter").run();
});

test("who came back after the erasure stays", async () => {
	await send("ann", "A-1");
	await erase(collector, "customer", "ann", site);
	await send("ann", "A-2", { age_ms: 0 });
	await (await snapshot(collector))();
	await reapply();
	expect(await named()).toEqual(["ann", null]);
});

test("a step stays within what the free plan allows, however many answers there are, and can be repeated", async () => {
	const zone = { id: site.id, timezone: "Europe/Rome" };
	await loadAsks(collector.db, zone, madeUpAsks(1_000, 30, 7, Date.now()));
	await collector.db
		.prepare(`UPDATE ask SET customer = 'c' || abs(random() % 50), "transaction" = substr(id, 1, 8) WHERE site = ?1`)
		.bind(site.id)
		.run();
	const wanted = (await named()).filter((customer) => customer === "c7").length;
	expect(wanted).toBeGreaterThan(3);
	const restore = await snapshot(collector);
	const response = await collector.owner("/v1/customers/c7", { method: "DELETE" }, site);
	expect(await response.json()).toEqual({ erased: wanted });
	expect(Number(response.headers.get("x-rows-read"))).toBeLessThan(wanted * 8 + 20);
	await restore();
	let erased = 0;
	let steps = 0;
	for (let cursor: string | null = `list:${site.id}:`; cursor?.includes(site.id); steps++) {
		const first = await step({ cursor });
		expect(Number(first.headers.get("x-rows-read"))).toBeLessThan(2_000);
		const done = await first.json();
		const again = await (await step({ cursor })).json();
		expect(again).toMatchObject({ erased: 0, next: done.next });
		erased += done.erased;
		cursor = done.next;
	}
	expect([erased, steps]).toEqual([wanted, 6]);
	expect(await named()).not.toContain("c7");
});

test("it is the operator's, and a step that there is not is refused", async () => {
	expect((await step({}, site.secretKey)).status).toBe(401);
	await expect(reapply(collector.url, "another")).rejects.toThrow("unauthorized");
	await expect(reapply("nowhere")).rejects.toThrow("--address https://feedback.example");
	for (const cursor of ["asks", "list:nobody:", ""]) {
		const response = await step({ cursor });
		expect([cursor, response.status, (await response.json()).field]).toEqual([cursor, 400, "cursor"]);
	}
});
