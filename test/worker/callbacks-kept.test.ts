import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { addDays, addMonths, dayOf } from "../../shared/day.ts";
import { type CallbackDesk, openCallbacks } from "../harness/callback-desk.ts";
import { erase } from "../harness/erasures.ts";
import { queuedRevision } from "../harness/queued-revision.ts";

const ZONE = "Europe/Rome";
const HOUR_MS = 60 * 60 * 1000;
const ANN = "ann@shop.example";

let desk: CallbackDesk;
beforeAll(async () => {
	desk = await openCallbacks();
});
beforeEach(() => desk.begin());
afterAll(() => desk.stop());

describe("the ingest queue", () => {
	/** A message of the queue, as this release or, without `callback`, the one before has put it there. */
	const queued = (ask: Ask, changes: object = {}) => {
		const { id: _, contact, age_ms, ...rest } = ask;
		const now = Date.now();
		return {
			body: {
				site: desk.site.id,
				revision: queuedRevision(now, {
					...rest,
					id: desk.keptId(ask),
					segments: { channel: "page" },
					shownAt: now - age_ms,
					...(contact ? { callback: { contact, dueOn: dayOf(now, ZONE) } } : {}),
					...changes,
				}),
			},
			attempts: 1,
		};
	};

	test("brings it too", async () => {
		await desk.through("queue");
		const ask = desk.askOf({ contact: ANN });
		expect(await desk.send(ask)).toEqual({ status: "queued" });
		await expect.poll(desk.contacts, { timeout: 120_000 }).toEqual([ANN]);
		expect(await desk.caseOf(ask)).toMatchObject({ state: "open", callback: { contact: ANN } });
	});

	test("in hundreds, out of order, twice, and from the release before ends as one by one", async () => {
		const asks = Array.from({ length: 5 }, () => desk.askOf());
		const messages = asks.flatMap((ask) => [
			queued({ ...ask, rev: 3, contact: ANN }),
			queued({ ...ask, rev: 2, contact: "first" }),
			queued({ ...ask, rev: 4 }),
			queued(ask),
		]);
		await desk.collector.bring([...messages, ...messages]);
		expect(await desk.contacts()).toEqual(asks.map(() => ANN));
		expect(await desk.cases()).toHaveLength(5);
	});

	test("brings nothing of who was erased meanwhile", async () => {
		const ask = desk.askOf({ contact: ANN, customer: "ann", age_ms: HOUR_MS });
		await erase(desk.collector, "customer", "ann", desk.site);
		await desk.collector.bring([queued(ask)]);
		expect([await desk.contacts(), await desk.cases()]).toEqual([[], []]);
		expect(await desk.read(`/v1/responses/${desk.keptId(ask)}`)).toMatchObject({ score: 3, erased: true });
	});

	test("keeps it in a dead letter until it can be written, without it once its customer is erased", async () => {
		const dead = async (ask: Ask) => {
			const { body } = queued(ask);
			const id = desk.keptId(ask);
			await desk.collector.db
				.prepare("INSERT INTO dead_letter (id, body, sent_at, site) VALUES (?1, ?2, ?3, ?4)")
				.bind(id, JSON.stringify(body), Date.now(), desk.site.id)
				.run();
			return id;
		};
		const [bob, ann] = [desk.askOf({ contact: "bob@shop.example" }), desk.askOf({ contact: ANN, customer: "ann" })];
		const letters = [await dead(bob), await dead(ann)];
		await erase(desk.collector, "customer", "ann", desk.site);
		const bodies = (await desk.collector.db.prepare("SELECT body FROM dead_letter").all()).results.map(({ body }) =>
			String(body),
		);
		expect(bodies.filter((body) => body.includes(ANN))).toEqual([]);
		for (const id of letters)
			await desk.collector.operator("/v1/dead-letters/replay", { method: "POST", body: JSON.stringify({ id }) });
		expect(await desk.contacts()).toEqual(["bob@shop.example"]);
	});
});

describe("where to reach somebody goes", () => {
	test("with the customer who is erased, and does not come back", async () => {
		const ask = desk.askOf({ contact: ANN, customer: "ann", age_ms: HOUR_MS });
		const known = desk.askOf({ customer: "bob", contact: "bob@shop.example" });
		for (const each of [ask, known]) await desk.send(each);
		expect(await erase(desk.collector, "customer", "ann", desk.site)).toEqual([200, { erased: 1 }]);
		expect(await desk.contacts()).toEqual(["bob@shop.example"]);
		expect(await desk.caseOf(ask)).toMatchObject({ callback: null, response: { erased: true } });
		for (const ingest of ["direct", "queue"] as const) {
			await desk.through(ingest);
			await desk.send({ ...ask, rev: ingest === "direct" ? 2 : 3, contact: "again@shop.example" });
			await desk.send({ ...desk.askOf({ contact: ANN, customer: "ann", age_ms: HOUR_MS }) });
		}
		const answers = async () => (await desk.read<{ responses: unknown[] }>("/v1/responses")).responses.length;
		await expect.poll(answers, { timeout: 120_000 }).toBe(4);
		expect(await desk.contacts()).toEqual(["bob@shop.example"]);
	});

	test("when an older revision names who was erased", async () => {
		const { customer: _, ...nameless } = desk.askOf({ rev: 3, age_ms: HOUR_MS });
		await desk.send(nameless as Ask);
		await erase(desk.collector, "customer", "ann", desk.site);
		expect(await desk.send({ ...nameless, rev: 2, customer: "ann", contact: ANN } as Ask)).toMatchObject({ status: "ignored" });
		expect(await desk.contacts()).toEqual([]);
		await desk.send({ ...nameless, rev: 4, contact: "bob@shop.example" } as Ask);
		await desk.send({ ...nameless, rev: 5, customer: "ann", contact: ANN } as Ask);
		expect(await desk.contacts()).toEqual([]);
	});

	test("with the answer that is deleted", async () => {
		const ask = desk.askOf({ contact: ANN });
		await desk.send(ask);
		await desk.collector.owner(`/v1/responses/${desk.keptId(ask)}`, { method: "DELETE" }, desk.site);
		await desk.send({ ...ask, rev: 2, contact: "again@shop.example" });
		expect([await desk.contacts(), await desk.cases()]).toEqual([[], []]);
	});

	test("after the months of names, and the notes with it, also where nothing else named anybody; the answer stays", async () => {
		const [bare, said, young] = [
			desk.askOf({ contact: ANN }),
			desk.askOf({ contact: ANN, comment: "Late." }),
			desk.askOf({ contact: ANN }),
		];
		for (const ask of [bare, said, young]) {
			await desk.send(ask);
			const note = { method: "POST", body: JSON.stringify({ text: `Rang Ann Smith at ${ANN}.` }) };
			expect((await desk.collector.owner(`/v1/cases/${desk.keptId(ask)}/notes`, note, desk.site)).status).toBe(201);
		}
		const old = addDays(addMonths(dayOf(Date.now(), ZONE), -13), -1);
		await desk.collector.db
			.prepare("UPDATE ask SET day = ?3 WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))")
			.bind(desk.site.id, JSON.stringify([desk.keptId(bare), desk.keptId(said)]), old)
			.run();
		await desk.collector.db.prepare("UPDATE site SET evaluate_at = 9e15, recount_at = 9e15").run();
		await desk.collector.db.prepare("UPDATE site SET retain_at = iif(id = ?1, 0, 9e15)").bind(desk.site.id).run();
		await desk.collector.nightly(Date.now());
		expect((await desk.kept()).map(({ ask }) => ask)).toEqual([desk.keptId(young)]);
		expect((await desk.cases()).map(({ callback }) => callback?.contact ?? null).sort()).toEqual([ANN, null, null].sort());
		const notes = await Promise.all([bare, said, young].map(async (ask) => (await desk.caseOf(ask)).notes.length));
		expect(notes).toEqual([0, 0, 1]);
	});
});
