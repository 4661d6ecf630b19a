import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import type { CaseItem, CaseView } from "../../shared/case-contract.ts";
import { addDays, addMonths, dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { erase } from "../harness/erasures.ts";
import { startTarget } from "../harness/target.ts";

const ZONE = "Europe/Rome";
const HOUR_MS = 60 * 60 * 1000;
const ANN = "ann@shop.example";

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
afterAll(() => collector.stop());
beforeEach(async () => {
	site = await collector.makeSite();
	await offer({ detractors: { kind: "callback" } });
});

const offer = (rules: object, of = site) =>
	collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ follow_up: rules }) }, of);
const askOf = (changes: Partial<Ask> = {}): Ask => ({ ...collector.ask({ score: 3, ...changes }), site: site.publicKey });
const send = async (ask: Ask) => (await collector.send(ask)).json();
const through = (ingest: "direct" | "queue") =>
	collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ ingest }) }, site);
const keptId = ({ id }: Ask) => createHash("sha256").update(`${site.id}:${id}`).digest("hex").slice(0, 32);
const read = async <Reply>(path: string): Promise<Reply> => (await collector.owner(path, {}, site)).json();
const caseOf = (ask: Ask) => read<CaseView>(`/v1/cases/${keptId(ask)}`);
const cases = async (query = "") => (await read<{ cases: CaseItem[] }>(`/v1/cases?state=all${query}`)).cases;
const step = (ask: Ask, state: string) =>
	collector.owner(`/v1/cases/${keptId(ask)}`, { method: "PATCH", body: JSON.stringify({ state }) }, site);

interface Kept {
	readonly ask: string;
	readonly contact: string;
	readonly asked_at: number;
}
const kept = async (): Promise<Kept[]> =>
	(
		await collector.db
			.prepare("SELECT ask, contact, asked_at FROM callback WHERE site = ?1 ORDER BY ask")
			.bind(site.id)
			.all<Kept>()
	).results;
const contacts = async () => (await kept()).map(({ contact }) => contact);

describe("who asks to be contacted", () => {
	test.for([3, 10])("has a case at once, whatever the score (%i), with where to reach them and when it is due", async (score) => {
		const ask = askOf({ score, comment: "Late." });
		await send(ask);
		expect(await cases()).toEqual([]);
		expect(await send({ ...ask, rev: 2, contact: " ann@shop.example\u202e\n" })).toEqual({ status: "stored" });
		const found = await caseOf(ask);
		expect(found).toMatchObject({
			state: "open",
			opened_by: null,
			score_at_opening: score,
			due_on: addDays(dayOf(Date.now(), ZONE), 2),
			response: { comment: "Late.", claimed_customer: null },
			callback: { contact: ANN, asked_at: found.opened_at },
			steps: [
				{ step: "opened", by: null },
				{ step: "callback_requested", by: null },
			],
		});
		await collector.nightly(Date.now() + 91_000);
		expect(await cases()).toHaveLength(1);
	});

	test("is found among the cases by it alone", async () => {
		const [low, called] = [askOf({ score: 0 }), askOf({ contact: "+39 055 123456" })];
		await send(low);
		await send(called);
		await collector.nightly(Date.now() + 91_000);
		expect((await cases()).map(({ callback }) => callback?.contact)).toEqual(
			expect.arrayContaining([undefined, "+39 055 123456"]),
		);
		for (const query of ["", "&order=newest", "&assignee="])
			expect((await cases(`&callbacks=only${query}`)).map(({ id }) => id)).toEqual([keptId(called)]);
		expect(await cases("&callbacks=only&assignee=Ben")).toEqual([]);
		expect((await collector.owner("/v1/cases?callbacks=some", {}, site)).status).toBe(400);
		const other = await collector.makeSite();
		expect(await (await collector.owner("/v1/cases?callbacks=only", {}, other)).json()).toMatchObject({ cases: [] });
	});

	test("marks the case there is, and opens it again where it was resolved", async () => {
		const ask = askOf({ score: 1 });
		await send(ask);
		await collector.nightly(Date.now() + 91_000);
		await step(ask, "contacted");
		await send({ ...ask, rev: 2, contact: ANN });
		expect(await caseOf(ask)).toMatchObject({ state: "contacted", callback: { contact: ANN } });

		const resolved = askOf({ score: 1 });
		await send(resolved);
		await collector.nightly(Date.now() + 91_000);
		await step(resolved, "resolved");
		await send({ ...resolved, rev: 2, contact: ANN });
		const found = await caseOf(resolved);
		expect(found).toMatchObject({ state: "open", resolved_at: null, callback: { contact: ANN } });
		const unasked = found.steps.filter(({ by }) => by === null).map(({ step }) => step);
		expect(unasked.sort()).toEqual(["callback_requested", "opened", "reopened"]);
		expect((await step(resolved, "resolved")).status).toBe(200);
	});

	test("changes nothing by saying the same again, corrects a number, and takes nothing back by leaving it out", async () => {
		const ask = askOf({ contact: ANN });
		await send(ask);
		const [first] = await kept();
		expect(await send(ask)).toMatchObject({ status: "duplicate" });
		await send({ ...ask, rev: 2, comment: "Late." });
		expect(await kept()).toEqual([first]);
		const { contact: _, ...without } = ask;
		await send({ ...without, rev: 3 } as Ask);
		expect(await kept()).toEqual([first]);
		await send({ ...ask, rev: 4, contact: "055 123456" });
		expect(await contacts()).toEqual(["055 123456"]);
		expect(await cases()).toHaveLength(1);
	});

	test("is heard from a browser that asks not to be tracked, too: they typed it to be sent", async () => {
		const ask = askOf({ contact: ANN, customer: "ann" });
		const reply = await collector.send(ask, { "sec-gpc": "1" });
		expect(await reply.json()).toEqual({ status: "stored" });
		expect(await caseOf(ask)).toMatchObject({ callback: { contact: ANN }, response: { claimed_customer: null } });
	});

	test("is told elsewhere, but not where to reach them", async () => {
		const target = await startTarget();
		const own = { ...collector.ask({ score: 2, contact: ANN }) };
		await offer({ detractors: { kind: "callback" } }, collector.site);
		const { secret } = await makeEndpoint(collector, target.url, { events: ["case.opened"], comments: true });
		await collector.send(own);
		await collector.minute(Date.now() + 1_000);
		await target.until(1);
		expect(target.verified(secret)).toMatchObject([{ type: "case.opened", data: { callback_requested: true, score: 2 } }]);
		expect(target.received.map(({ body }) => body).join()).not.toContain("ann@");
		await collector.db.prepare("DELETE FROM endpoint").run();
		await target.stop();
	});
});

/** Every order of some things. */
function orders<Thing>(things: readonly Thing[]): Thing[][] {
	if (things.length === 0) return [[]];
	return things.flatMap((thing, i) => orders(things.toSpliced(i, 1)).map((rest) => [thing, ...rest]));
}

test("revisions in any order end alike: the last that says where stands", async () => {
	for (const order of orders([
		{ rev: 1 },
		{ rev: 2, contact: "first" },
		{ rev: 3, contact: ANN },
		{ rev: 4, comment: "Late." },
	])) {
		const ask = askOf();
		for (const changes of order) await send({ ...ask, ...changes });
		expect([order, (await caseOf(ask)).callback?.contact]).toEqual([order, ANN]);
	}
	expect(await collector.drift()).toEqual([]);
});

test("a dismissal that becomes an answer takes it along", async () => {
	const { score: _, ...dismissed } = askOf({ status: "dismissed" });
	await send(dismissed as Ask);
	await send({ ...askOf({ rev: 2, contact: ANN }), id: dismissed.id });
	expect(await contacts()).toEqual([ANN]);
});

describe("the ingest queue", () => {
	/** A message of the queue, as this release or, without `callback`, the one before has put it there. */
	const queued = (ask: Ask, changes: object = {}) => {
		const { id: _, contact, age_ms, ...rest } = ask;
		const now = Date.now();
		return {
			body: {
				site: site.id,
				revision: {
					drivers: [],
					comment: null,
					transaction: null,
					customer: null,
					...rest,
					id: keptId(ask),
					segments: { channel: "page" },
					verified: null,
					delay: "1h",
					page: null,
					day: dayOf(now, ZONE),
					shownAt: now - age_ms,
					receivedAt: now,
					...(contact ? { callback: { contact, dueOn: dayOf(now, ZONE) } } : {}),
					...changes,
				},
			},
			attempts: 1,
		};
	};

	test("brings it too", async () => {
		await through("queue");
		const ask = askOf({ contact: ANN });
		expect(await send(ask)).toEqual({ status: "queued" });
		await expect.poll(contacts, { timeout: 120_000 }).toEqual([ANN]);
		expect(await caseOf(ask)).toMatchObject({ state: "open", callback: { contact: ANN } });
	});

	test("in hundreds, out of order, twice, and from the release before ends as one by one", async () => {
		const asks = Array.from({ length: 5 }, () => askOf());
		const messages = asks.flatMap((ask) => [
			queued({ ...ask, rev: 3, contact: ANN }),
			queued({ ...ask, rev: 2, contact: "first" }),
			queued({ ...ask, rev: 4 }),
			queued(ask),
		]);
		await collector.bring([...messages, ...messages]);
		expect(await contacts()).toEqual(asks.map(() => ANN));
		expect(await cases()).toHaveLength(5);
	});

	test("brings nothing of who was erased meanwhile", async () => {
		const ask = askOf({ contact: ANN, customer: "ann", age_ms: HOUR_MS });
		await erase(collector, "customer", "ann", site);
		await collector.bring([queued(ask)]);
		expect([await contacts(), await cases()]).toEqual([[], []]);
		expect(await read(`/v1/responses/${keptId(ask)}`)).toMatchObject({ score: 3, erased: true });
	});

	test("keeps it in a dead letter until it can be written, without it once its customer is erased", async () => {
		const dead = async (ask: Ask) => {
			const { body } = queued(ask);
			const id = keptId(ask);
			await collector.db
				.prepare("INSERT INTO dead_letter (id, body, sent_at, site) VALUES (?1, ?2, ?3, ?4)")
				.bind(id, JSON.stringify(body), Date.now(), site.id)
				.run();
			return id;
		};
		const [bob, ann] = [askOf({ contact: "bob@shop.example" }), askOf({ contact: ANN, customer: "ann" })];
		const letters = [await dead(bob), await dead(ann)];
		await erase(collector, "customer", "ann", site);
		const bodies = (await collector.db.prepare("SELECT body FROM dead_letter").all()).results.map(({ body }) => String(body));
		expect(bodies.filter((body) => body.includes(ANN))).toEqual([]);
		for (const id of letters)
			await collector.operator("/v1/dead-letters/replay", { method: "POST", body: JSON.stringify({ id }) });
		expect(await contacts()).toEqual(["bob@shop.example"]);
	});
});

describe("where to reach somebody goes", () => {
	test("with the customer who is erased, and does not come back", async () => {
		const ask = askOf({ contact: ANN, customer: "ann", age_ms: HOUR_MS });
		const known = askOf({ customer: "bob", contact: "bob@shop.example" });
		for (const each of [ask, known]) await send(each);
		expect(await erase(collector, "customer", "ann", site)).toEqual([200, { erased: 1 }]);
		expect(await contacts()).toEqual(["bob@shop.example"]);
		expect(await caseOf(ask)).toMatchObject({ callback: null, response: { erased: true } });
		for (const ingest of ["direct", "queue"] as const) {
			await through(ingest);
			await send({ ...ask, rev: ingest === "direct" ? 2 : 3, contact: "again@shop.example" });
			await send({ ...askOf({ contact: ANN, customer: "ann", age_ms: HOUR_MS }) });
		}
		const answers = async () => (await read<{ responses: unknown[] }>("/v1/responses")).responses.length;
		await expect.poll(answers, { timeout: 120_000 }).toBe(4);
		expect(await contacts()).toEqual(["bob@shop.example"]);
	});

	test("when an older revision names who was erased", async () => {
		const { customer: _, ...nameless } = askOf({ rev: 3, age_ms: HOUR_MS });
		await send(nameless as Ask);
		await erase(collector, "customer", "ann", site);
		expect(await send({ ...nameless, rev: 2, customer: "ann", contact: ANN } as Ask)).toMatchObject({ status: "ignored" });
		expect(await contacts()).toEqual([]);
		await send({ ...nameless, rev: 4, contact: "bob@shop.example" } as Ask);
		await send({ ...nameless, rev: 5, customer: "ann", contact: ANN } as Ask);
		expect(await contacts()).toEqual([]);
	});

	test("with the answer that is deleted", async () => {
		const ask = askOf({ contact: ANN });
		await send(ask);
		await collector.owner(`/v1/responses/${keptId(ask)}`, { method: "DELETE" }, site);
		await send({ ...ask, rev: 2, contact: "again@shop.example" });
		expect([await contacts(), await cases()]).toEqual([[], []]);
	});

	test("after the months of names, also where nothing else named anybody; the answer stays", async () => {
		const [bare, said, young] = [askOf({ contact: ANN }), askOf({ contact: ANN, comment: "Late." }), askOf({ contact: ANN })];
		for (const ask of [bare, said, young]) await send(ask);
		const old = addDays(addMonths(dayOf(Date.now(), ZONE), -13), -1);
		await collector.db
			.prepare("UPDATE ask SET day = ?3 WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))")
			.bind(site.id, JSON.stringify([keptId(bare), keptId(said)]), old)
			.run();
		await collector.db.prepare("UPDATE site SET evaluate_at = 9e15, recount_at = 9e15").run();
		await collector.db.prepare("UPDATE site SET retain_at = iif(id = ?1, 0, 9e15)").bind(site.id).run();
		await collector.nightly(Date.now());
		expect((await kept()).map(({ ask }) => ask)).toEqual([keptId(young)]);
		expect((await cases()).map(({ callback }) => callback?.contact ?? null).sort()).toEqual([ANN, null, null].sort());
	});
});

describe("is not kept, and said so", () => {
	test.for([
		["more than a hundred characters", { contact: "x".repeat(101) }],
		["more than two hundred bytes", { contact: "電".repeat(67) }],
		["what cannot be seen", { contact: "\u202e\u0000 \n" }],
		["what is no text", { contact: 4711 }],
		["what comes with no answer", { contact: ANN, status: "dismissed", score: undefined }],
		["what a survey does not ask for", { contact: ANN, survey: "csat" }],
	] as const)("%s", async ([, changes]) => {
		const ask = { ...askOf(), ...changes } as unknown as Ask;
		expect(await send(ask)).toEqual({ status: "stored", dropped: ["contact"] });
		expect([await contacts(), await cases()]).toEqual([[], []]);
	});

	test.for(["", null])("while %j is nothing to say", async (contact) => {
		expect(await send({ ...askOf(), contact } as Ask)).toEqual({ status: "stored" });
	});
});

test("another site's key reads nothing of it", async () => {
	const ask = askOf({ contact: ANN });
	await send(ask);
	const other = await collector.makeSite();
	const reply = await collector.owner(`/v1/cases/${keptId(ask)}`, {}, other);
	expect([reply.status, (await reply.text()).includes(ANN)]).toEqual([404, false]);
});

test("one address opens no more cases than it may send answers, with made-up orders of revisions too", async () => {
	const from = Date.now();
	const replies: number[] = [];
	await Promise.all(
		Array.from({ length: 8 }, async (_, n) => {
			for (let i = n; i < 120; i += 8) {
				const ask = askOf({ contact: `${i}@flood.example`, rev: 1 + (i % 3) });
				const reply = await collector.send(ask, { "cf-connecting-ip": "203.0.113.77" });
				await reply.arrayBuffer();
				replies.push(reply.status);
			}
		}),
	);
	const tens = Math.floor(Date.now() / 10_000) - Math.floor(from / 10_000) + 1;
	const taken = replies.filter((status) => status === 201).length;
	const opened = (await collector.db.prepare("SELECT count(*) AS n FROM case_file WHERE site = ?1").bind(site.id).first())?.["n"];
	expect(opened).toBe(taken);
	expect(taken).toBeLessThanOrEqual(60 * tens);
	expect(replies).toContain(429);
});
