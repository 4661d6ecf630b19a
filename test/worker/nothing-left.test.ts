import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { statementsOf } from "../../local/migrate.ts";
import { PATHS } from "../../local/paths.ts";
import type { Ask } from "../../shared/ask-contract.ts";
import { addMonths, dayOf } from "../../shared/day.ts";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { erase } from "../harness/erasures.ts";
import { queuedRevision } from "../harness/queued-revision.ts";
import { siteIn } from "../harness/sharded.ts";
import { startTarget, type Target } from "../harness/target.ts";
import { tracesOf } from "../harness/traces.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Europe/Rome";

/** Where somebody's name may stand until it is to go, in a site that lives in a database of its own. */
const PLACES = [
	"DB.dead_letter.body",
	"DB_2.ask.comment",
	"DB_2.ask.customer",
	"DB_2.ask.page",
	"DB_2.ask.transaction",
	"DB_2.callback.contact",
	"DB_2.case_event.text",
	"DB_2.delivery.body",
];

let collector: TestCollector;
let site: TestSite;
let target: Target;
/** Stands in all that somebody says and is called, and in nothing else. */
let name: string;
let answer: Ask;
beforeAll(async () => {
	collector = await startCollector({ shards: 2, vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
beforeEach(async () => {
	site = await siteIn(collector, "DB_2");
	target = await startTarget();
	name = randomUUID()
		.replace(/[^a-f]/g, "")
		.padEnd(20, "ann")
		.slice(0, 20);
	answer = await plant();
});
afterEach(async () => {
	expect(await collector.drift()).toEqual([]);
	await target.stop();
});
afterAll(() => collector.stop());

const call = async (method: string, path: string, body?: object) => {
	const response = await collector.owner(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) }, site);
	return { status: response.status, ...(response.status === 204 ? {} : await response.json()) };
};
const keptId = ({ id }: Ask) => createHash("sha256").update(`${site.id}:${id}`).digest("hex").slice(0, 32);

/** A revision of the answer as the queue carries it. */
const queued = (changes: object = {}) => {
	const now = Date.now();
	const named = { comment: name, customer: name, transaction: name, page: `https://shop.example/${name}` };
	const callback = { contact: name, dueOn: dayOf(now, ZONE) };
	const revision = { id: keptId(answer), rev: 7, score: 1, ...named, callback, shownAt: now - HOUR_MS, ...changes };
	return { site: site.id, revision: queuedRevision(now, revision) };
};
const bury = (...bodies: readonly unknown[]) => collector.deliver("afterword-dead", bodies, Date.now());
/** What no release can read, and may be from the next. */
const unreadable = { score: "one" };

/** Lets somebody be named wherever that can be: answered and shown, called back and noted, told, brought along, and given up by the queue. */
async function plant(): Promise<Ask> {
	await call("PATCH", "/v1/surveys/nps", { follow_up: { detractors: { kind: "callback" } } });
	const { secret, signing_secret } = await call("POST", "/v1/signing-secrets", {});
	const signer: Signer = { site: site.publicKey, kid: secret.kid, secret: signing_secret };
	target.reply((response, { path }) => response.writeHead(path === "/hook" ? 204 : 500).end());
	for (const path of ["/hook", "/pending", "/dead"])
		await makeEndpoint(collector, target.url.replace("/hook", path), { comments: true, events: EVENTS }, site);

	const said = { customer: name, transaction: name, page: `https://shop.example/${name}`, age_ms: HOUR_MS };
	const ask: Ask = { ...collector.ask({ score: 1, comment: name, contact: name, ...said }), site: site.publicKey };
	const shown = { ...collector.ask({ status: "shown", ...said }), site: site.publicKey, survey: "csat" };
	for (const each of [{ ...ask, token: tokenOf(signer, name, name) }, shown])
		expect((await collector.send(each)).status).toBe(201);
	answer = ask;
	const { id } = await call("POST", "/v1/imports", { source: "ndjson", survey: "nps", name: "From elsewhere" });
	const line = { score: 9, comment: name, customer: name, transaction: name, shown_at: "2026-01-31" };
	const lines = [
		line,
		{ ...line, score: name },
		{ ...line, shown_at: name },
		{ ...line, locale: name, page: name, drivers: name },
		name,
	];
	const headers = { "content-type": "application/x-ndjson" };
	const body = lines.map((each) => JSON.stringify(each)).join("\n");
	expect((await collector.owner(`/v1/imports/${id}/lines?line=1`, { method: "POST", headers, body }, site)).status).toBe(200);

	await call("POST", `/v1/cases/${keptId(ask)}/notes`, { text: `${name} has moved to Bath.` });
	await call("PATCH", `/v1/cases/${keptId(ask)}`, { state: "resolved" });
	await collector.minute(Date.now() + 3 * MINUTE_MS);
	const toldAt = "SELECT count(*) AS n FROM delivery WHERE site = ?1 AND attempts <> '[]'";
	const db = await collector.dbOf(site.id);
	await expect.poll(async () => (await db.prepare(toldAt).bind(site.id).first())?.["n"], { timeout: 20_000 }).toBeGreaterThan(8);
	await db
		.prepare(
			`UPDATE delivery SET state = 'dead', ended_at = created_at WHERE site = ?1
			AND endpoint = (SELECT id FROM endpoint WHERE site = ?1 AND settings LIKE '%/dead%')`,
		)
		.bind(site.id)
		.run();
	await db
		.prepare("UPDATE site SET evaluate_at = iif(id = ?1, 0, 9e15), retain_at = 9e15, recount_at = 9e15")
		.bind(site.id)
		.run();
	await collector.nightly(mondayAfter(Date.now()));

	await collector.bring([{ body: queued(unreadable), attempts: 3 }]);
	await bury(queued(unreadable), queued({ ...unreadable, customer: null, transaction: null }));
	for (const path of ["keys", "responses", "cases", "webhooks", "signing-secrets", "imports"])
		for (const what of [name, `${name}@shop.example`]) await call("DELETE", `/v1/${path}/${what}`);
	expect(await tracesOf(collector, name)).toEqual(PLACES);
	return ask;
}

/** All that is told somewhere. */
const EVENTS = ["answer.scored", "answer.updated", "case.opened", "case.resolved", "digest"];

/** Noon of the next Monday. */
function mondayAfter(ms: number): number {
	for (let day = ms + DAY_MS; ; day += DAY_MS)
		if (new Date(day).getUTCDay() === 1) return Date.parse(`${dayOf(day, "UTC")}T12:00:00Z`);
}

/** Lets everything come that a browser, the queue and its dead letters may still bring. */
async function comeLate(): Promise<void> {
	await collector.send({ ...answer, rev: 9, contact: name });
	await collector.bring([queued(), queued(unreadable)].map((body) => ({ body, attempts: 1 })));
	await bury(queued(), queued(unreadable), queued({ ...unreadable, customer: null, transaction: null }));
	await collector.operator("/v1/dead-letters/replay", { method: "POST", body: "{}" });
}

test.for(["customer", "transaction"] as const)("a %s who is erased is named nowhere, whatever comes late", async (kind) => {
	expect(await erase(collector, kind, name, site)).toEqual([200, { erased: 4 }]);
	expect(await tracesOf(collector, name)).toEqual([]);
	await comeLate();
	expect(await tracesOf(collector, name)).toEqual([]);
});

test("an answer that is deleted leaves nothing of what was said in it, whatever comes late", async () => {
	const db = await collector.dbOf(site.id);
	for (const { id } of (await db.prepare("SELECT id FROM ask WHERE site = ?1").bind(site.id).all()).results)
		expect((await call("DELETE", `/v1/responses/${id}`)).status).toBe(204);
	expect(await tracesOf(collector, name)).toEqual([]);
	await comeLate();
	expect(await tracesOf(collector, name)).toEqual([]);
});

test("whom retention has passed is named nowhere, and nobody names them again", async () => {
	await call("PATCH", "/v1/site", { retention: { identities_months: 1 } });
	const later = Date.parse(`${addMonths(dayOf(Date.now(), ZONE), 2)}T12:00:00Z`);
	const retain = async (now: number) => {
		await (await collector.dbOf(site.id)).prepare("UPDATE site SET retain_at = iif(id = ?1, 0, 9e15)").bind(site.id).run();
		await collector.nightly(now);
	};
	await retain(later);
	expect(await tracesOf(collector, name)).toEqual([]);
	expect((await call("POST", `/v1/cases/${keptId(answer)}/notes`, { text: name })).status).toBe(409);
	await bury(queued(unreadable));
	await retain(later + DAY_MS);
	expect(await tracesOf(collector, name)).toEqual([]);
});

test("what an earlier release had kept goes once the database is brought up to date", async () => {
	const db = await collector.dbOf(site.id);
	const forms = [
		["POST /v1/cases/:id/notes", answer.id.replaceAll("-", ""), true],
		["GET /v1/deliveries/:id/replay", `msg_${"a1".repeat(12)}`, true],
		["PATCH /v1/surveys/:survey", "after-sales", true],
		["DELETE /v1/signing-secrets/:kid", "k1", true],
		["DELETE /v1/keys/:id", `${name}@shop.example`, false],
		["DELETE /v1/keys/:id", "391234567", false],
		["PATCH /v1/surveys/:survey", "391234567", false],
		["POST /app/settings", name, false],
	] as const;
	const kept = forms.map(([action, object], i) =>
		db
			.prepare(
				"INSERT INTO audit (site, at, id, actor, action, object, request, result) VALUES (?1, ?2, 'x', 'x', ?3, ?4, '', '404')",
			)
			.bind(site.id, i, action, object),
	);
	await db.prepare("UPDATE site SET nameless_day = '9999' WHERE id = ?1").bind(site.id).run();
	const migrate = async (name: string) => {
		const statements = statementsOf(await readFile(join(PATHS.migrations, name), "utf8"));
		for (const sql of statements) await db.prepare(sql).run();
	};
	await migrate("0018_forgotten.sql");
	await db.batch(kept);
	await migrate("0021_told_once.sql");
	expect(await tracesOf(collector, name)).not.toContain("DB_2.case_event.text");
	const objects = (await db.prepare("SELECT object FROM audit WHERE site = ?1 AND id = 'x' ORDER BY at").bind(site.id).all())
		.results;
	expect(objects).toEqual(forms.map(([, object, stays]) => ({ object: stays ? object : "" })));
});
