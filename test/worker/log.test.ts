import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { tokenOf } from "../bench/signed-orders.ts";
import { OPERATOR_KEY, startCollector, type TestCollector } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";

const ADDRESS = "203.0.113.77";
const COMMENT = "zanzibar-comment";
const CUSTOMER = "zanzibar.customer@example.com";
const ORDER = "zanzibar-order";
const PAGE = "https://shop.example/zanzibar-page";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ entry: "faulty" });
});
afterAll(() => collector.stop());

const faults = (kind: string, share = 1) => collector.fetch("/faults", { method: "POST", body: JSON.stringify({ kind, share }) });
const send = (changes: object = {}) =>
	collector.send(collector.ask({ comment: COMMENT, customer: CUSTOMER, transaction: ORDER, page: PAGE, ...changes }), {
		"cf-connecting-ip": ADDRESS,
	});

/** The lines the Worker wrote itself, by their event. */
const events = () => new Set(collector.log.flatMap((line) => (line.startsWith("{") ? [String(JSON.parse(line).event)] : [])));

test("whatever goes right or wrong, the log names events and no person, secret, address or word of a comment", async () => {
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" })).json();
	const token = tokenOf({ site: collector.site.publicKey, kid: made.secret.kid, secret: made.signing_secret }, ORDER, CUSTOMER);
	expect((await send({ token })).status).toBe(201);
	expect((await send({ token: `${token}0` })).status).toBe(201);
	expect((await send({ score: 99 })).status).toBe(400);
	await collector.owner(`/v1/customers/${CUSTOMER}`, { method: "GET" });

	// A database with too much to do, one that loses the line, and one that is not as it should be.
	for (const kind of ["overloaded", "lost"]) {
		await faults(kind);
		expect((await send()).status).toBe(202);
	}
	await faults("none");
	await collector.db.prepare("ALTER TABLE ask RENAME TO ask_gone").run();
	expect((await send()).status).toBe(503);
	expect((await collector.owner(`/v1/customers/${CUSTOMER}`, { method: "DELETE" })).status).toBe(503);
	expect((await collector.owner("/v1/responses?survey=nps")).status).toBe(503);
	await collector.db.prepare("ALTER TABLE ask_gone RENAME TO ask").run();

	// Messages that nobody can read: what D1 and JSON say of such values quotes them.
	const poison = { site: collector.site.id, revision: { id: randomUUID(), comment: [COMMENT], customer: { of: CUSTOMER } } };
	await collector.deliver("afterword-ingest", [poison], Date.now());
	await collector.deliver("afterword-dead", [poison, COMMENT, { site: collector.site.id, revision: COMMENT }], Date.now());
	await collector.operator("/v1/dead-letters/replay", { method: "POST", body: "{}" });
	await collector.operator("/v1/dead-letters/replay", { method: "POST", body: `{"id":"${COMMENT}"` });

	// A scheduled run with something to do, something to mend, and a site it stumbles over.
	const broken = await collector.makeSite();
	await collector.db
		.prepare("UPDATE survey SET wording = ?2 WHERE site = ?1")
		.bind(broken.id, `${COMMENT} of "${CUSTOMER}"`)
		.run();
	await loadAsks(collector.db, { id: collector.site.id, timezone: "Europe/Rome" }, madeUpAsks(300, 900, 4, Date.now()));
	await collector.db.prepare("UPDATE ask SET comment = ?1, customer = ?2").bind(COMMENT, CUSTOMER).run();
	await collector.db.prepare("UPDATE tally SET n = n + 1 WHERE site = ?1 AND outcome = '9'").bind(collector.site.id).run();
	await collector.nightly(Date.now());

	await expect
		.poll(() => [...events()].toSorted(), { timeout: 120_000 })
		.toEqual(
			expect.arrayContaining([
				"chore_failed",
				"dead_letter",
				"dead_letters_replayed",
				"ingest_failed",
				"step",
				"tally_mended",
				"unexpected_error",
				"write_failed",
			]),
		);
	const text = collector.log.join("\n");
	for (const secret of [
		"zanzibar",
		ADDRESS,
		OPERATOR_KEY,
		collector.site.secretKey,
		collector.site.publicKey,
		made.signing_secret,
		token,
	])
		expect(text).not.toContain(secret);
	expect(text).not.toMatch(/aw_(?:pub|sk|tx)_|203\.0\.113/);
	for (const line of collector.log) expect(() => JSON.parse(line)).not.toThrow();
});

test("a step that had something to do says so in one line, and one that had not says nothing", async () => {
	await collector.db.prepare("UPDATE site SET evaluate_at = 9e15, retain_at = 9e15, recount_at = 9e15").run();
	const quiet = collector.log.length;
	await collector.nightly(Date.now());
	expect(collector.log.slice(quiet)).toEqual([]);
	await collector.db.prepare("UPDATE site SET retain_at = 0").run();
	await collector.nightly(Date.now());
	await expect
		.poll(() => collector.log.slice(quiet).map((line) => JSON.parse(line)))
		.toEqual([expect.objectContaining({ event: "step", step: "retain", turns: 2, failed: 0 })]);
});
