import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { type CallbackDesk, openCallbacks } from "../harness/callback-desk.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { startTarget } from "../harness/target.ts";

const ZONE = "Europe/Rome";
const ANN = "ann@shop.example";

let desk: CallbackDesk;
beforeAll(async () => {
	desk = await openCallbacks();
});
beforeEach(() => desk.begin());
afterAll(() => desk.stop());

const step = (ask: Ask, state: string) =>
	desk.collector.owner(`/v1/cases/${desk.keptId(ask)}`, { method: "PATCH", body: JSON.stringify({ state }) }, desk.site);

describe("who asks to be contacted", () => {
	test.for([3, 10])("has a case at once, whatever the score (%i), with where to reach them and when it is due", async (score) => {
		const ask = desk.askOf({ score, comment: "Late." });
		await desk.send(ask);
		expect(await desk.cases()).toEqual([]);
		expect(await desk.send({ ...ask, rev: 2, contact: " ann@shop.example\u202e\n" })).toEqual({ status: "stored" });
		const found = await desk.caseOf(ask);
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
		await desk.collector.nightly(Date.now() + 91_000);
		expect(await desk.cases()).toHaveLength(1);
	});

	test("is found among the cases by it alone", async () => {
		const [low, called] = [desk.askOf({ score: 0 }), desk.askOf({ contact: "+39 055 123456" })];
		await desk.send(low);
		await desk.send(called);
		await desk.collector.nightly(Date.now() + 91_000);
		expect((await desk.cases()).map(({ callback }) => callback?.contact)).toEqual(
			expect.arrayContaining([undefined, "+39 055 123456"]),
		);
		for (const query of ["", "&order=newest", "&assignee="])
			expect((await desk.cases(`&callbacks=only${query}`)).map(({ id }) => id)).toEqual([desk.keptId(called)]);
		expect(await desk.cases("&callbacks=only&assignee=Ben")).toEqual([]);
		expect((await desk.collector.owner("/v1/cases?callbacks=some", {}, desk.site)).status).toBe(400);
		const other = await desk.collector.makeSite();
		expect(await (await desk.collector.owner("/v1/cases?callbacks=only", {}, other)).json()).toMatchObject({ cases: [] });
	});

	test("marks the case there is, and opens it again where it was resolved", async () => {
		const ask = desk.askOf({ score: 1 });
		await desk.send(ask);
		await desk.collector.nightly(Date.now() + 91_000);
		await step(ask, "contacted");
		await desk.send({ ...ask, rev: 2, contact: ANN });
		expect(await desk.caseOf(ask)).toMatchObject({ state: "contacted", callback: { contact: ANN } });

		const resolved = desk.askOf({ score: 1 });
		await desk.send(resolved);
		await desk.collector.nightly(Date.now() + 91_000);
		await step(resolved, "resolved");
		await desk.send({ ...resolved, rev: 2, contact: ANN });
		const found = await desk.caseOf(resolved);
		expect(found).toMatchObject({ state: "open", resolved_at: null, callback: { contact: ANN } });
		const unasked = found.steps.filter(({ by }) => by === null).map(({ step }) => step);
		expect(unasked.sort()).toEqual(["callback_requested", "opened", "reopened"]);
		expect((await step(resolved, "resolved")).status).toBe(200);
	});

	test("changes nothing by saying the same again, corrects a number, and takes nothing back by leaving it out", async () => {
		const ask = desk.askOf({ contact: ANN });
		await desk.send(ask);
		const [first] = await desk.kept();
		expect(await desk.send(ask)).toMatchObject({ status: "duplicate" });
		await desk.send({ ...ask, rev: 2, comment: "Late." });
		expect(await desk.kept()).toEqual([first]);
		const { contact: _, ...without } = ask;
		await desk.send({ ...without, rev: 3 } as Ask);
		expect(await desk.kept()).toEqual([first]);
		await desk.send({ ...ask, rev: 4, contact: "055 123456" });
		expect(await desk.contacts()).toEqual(["055 123456"]);
		expect(await desk.cases()).toHaveLength(1);
	});

	test("is heard from a browser that asks not to be tracked, too: they typed it to be sent", async () => {
		const ask = desk.askOf({ contact: ANN, customer: "ann" });
		const reply = await desk.collector.send(ask, { "sec-gpc": "1" });
		expect(await reply.json()).toEqual({ status: "stored" });
		expect(await desk.caseOf(ask)).toMatchObject({ callback: { contact: ANN }, response: { claimed_customer: null } });
	});

	test("is told elsewhere, but not where to reach them", async () => {
		const target = await startTarget();
		const own = { ...desk.collector.ask({ score: 2, contact: ANN }) };
		await desk.offer({ detractors: { kind: "callback" } }, desk.collector.site);
		const { secret } = await makeEndpoint(desk.collector, target.url, { events: ["case.opened"], comments: true });
		await desk.collector.send(own);
		await desk.collector.minute(Date.now() + 1_000);
		await target.until(1);
		expect(target.verified(secret)).toMatchObject([{ type: "case.opened", data: { callback_requested: true, score: 2 } }]);
		expect(target.received.map(({ body }) => body).join()).not.toContain("ann@");
		await desk.collector.db.prepare("DELETE FROM endpoint").run();
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
		const ask = desk.askOf();
		for (const changes of order) await desk.send({ ...ask, ...changes });
		expect([order, (await desk.caseOf(ask)).callback?.contact]).toEqual([order, ANN]);
	}
	expect(await desk.collector.drift()).toEqual([]);
});

test("a dismissal that becomes an answer takes it along", async () => {
	const { score: _, ...dismissed } = desk.askOf({ status: "dismissed" });
	await desk.send(dismissed as Ask);
	await desk.send({ ...desk.askOf({ rev: 2, contact: ANN }), id: dismissed.id });
	expect(await desk.contacts()).toEqual([ANN]);
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
		const ask = { ...desk.askOf(), ...changes } as unknown as Ask;
		expect(await desk.send(ask)).toEqual({ status: "stored", dropped: ["contact"] });
		expect([await desk.contacts(), await desk.cases()]).toEqual([[], []]);
	});

	test.for(["", null])("while %j is nothing to say", async (contact) => {
		expect(await desk.send({ ...desk.askOf(), contact } as Ask)).toEqual({ status: "stored" });
	});
});

test("another site's key reads nothing of it", async () => {
	const ask = desk.askOf({ contact: ANN });
	await desk.send(ask);
	const other = await desk.collector.makeSite();
	const reply = await desk.collector.owner(`/v1/cases/${desk.keptId(ask)}`, {}, other);
	expect([reply.status, (await reply.text()).includes(ANN)]).toEqual([404, false]);
});

test("one address opens no more cases than it may send answers, with made-up orders of revisions too", async () => {
	const from = Date.now();
	const replies: number[] = [];
	await Promise.all(
		Array.from({ length: 8 }, async (_, n) => {
			for (let i = n; i < 120; i += 8) {
				const ask = desk.askOf({ contact: `${i}@flood.example`, rev: 1 + (i % 3) });
				const reply = await desk.collector.send(ask, { "cf-connecting-ip": "203.0.113.77" });
				await reply.arrayBuffer();
				replies.push(reply.status);
			}
		}),
	);
	const tens = Math.floor(Date.now() / 10_000) - Math.floor(from / 10_000) + 1;
	const taken = replies.filter((status) => status === 201).length;
	const opened = (
		await desk.collector.db.prepare("SELECT count(*) AS n FROM case_file WHERE site = ?1").bind(desk.site.id).first()
	)?.["n"];
	expect(opened).toBe(taken);
	expect(taken).toBeLessThanOrEqual(60 * tens);
	expect(replies).toContain(429);
});
