import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { type DeliveryStage, setDeliveryStage } from "../harness/delivery-stage.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { tellAll } from "../harness/outbox.ts";

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let stage: DeliveryStage;
beforeAll(async () => {
	stage = await setDeliveryStage();
});
beforeEach(() => stage.begin());
afterEach(() => stage.end());
afterAll(() => stage.stop());

/** What an endpoint has been told, by its id: what these say of each delivery, in order. */
async function toldBy(id: string, ...says: string[]): Promise<string[]> {
	const columns = says.map((say, i) => `${say} AS c${i}`).join(", ");
	const query = `SELECT ${columns} FROM delivery WHERE endpoint = ?1 ORDER BY ${says.map((_, i) => i + 1).join(", ")}`;
	const { results } = await stage.collector.db.prepare(query).bind(id).all();
	return results.map((row) => Object.values(row).join(" "));
}

test("an alert is told when it opens and when it clears, to those who want its survey or its segment", async () => {
	const { collector, target } = stage;
	const site = await collector.makeSite();
	const now = Date.now();
	const perDay = (ago: number) => Array.from({ length: 5 }, () => ({ ago, score: ago > 28 ? 5 : 3 }));
	const asks = Array.from({ length: 112 }, (_, i) => perDay(112 - i)).flat();
	await loadAsks(
		collector.db,
		{ id: site.id, timezone: "Europe/Rome" },
		asks.map(({ ago, score }) => ({
			survey: "csat",
			status: "answered",
			score,
			drivers: [],
			comment: null,
			segments: { channel: "page", device: "phone" },
			transaction: null,
			shownAt: Date.parse(`${addDays(dayOf(now, "Europe/Rome"), -ago)}T12:00:00Z`),
			answeredAfterMs: 1_000,
			page: null,
		})),
	);
	const wanting = async (filter: object) =>
		makeEndpoint(collector, target.url, { events: ["alert.opened", "alert.cleared"], filter }, site);
	const all = await wanting({ surveys: ["csat"], groups: ["detractors"] }); // An alert has no group.
	const phones = await wanting({ segments: ["device:tablet", "device:phone"] });
	const others = [await wanting({ surveys: ["nps"] }), await wanting({ segments: ["device:tablet"] })];
	await collector.db.prepare("UPDATE site SET evaluate_at = iif(id = ?1, 0, 9e15)").bind(site.id).run();
	await collector.nightly(now);
	await tellAll(collector, now + MINUTE_MS);
	const says = ["type", "coalesce(json_extract(body, '$.data.segment'), 'whole')"];
	const opened = ["alert.opened channel:page", "alert.opened delay:1h", "alert.opened device:phone", "alert.opened whole"];
	expect(await toldBy(all.id, ...says)).toEqual(opened);
	expect(await toldBy(phones.id, ...says)).toEqual(["alert.opened device:phone"]);

	await collector.owner(
		"/v1/surveys/csat",
		{ method: "PATCH", body: JSON.stringify({ wording: { en: { question: "New?" } } }) },
		site,
	);
	await collector.nightly(now + DAY_MS);
	await tellAll(collector, now + DAY_MS + MINUTE_MS);
	expect((await toldBy(all.id, ...says)).slice(0, 4)).toEqual(opened.map((each) => each.replace("opened", "cleared")));
	expect(await toldBy(phones.id, ...says)).toEqual(["alert.cleared device:phone", "alert.opened device:phone"]);
	for (const { id } of others) expect(await toldBy(id, "type")).toEqual([]);
	await target.until(10);
	const came = target.received.map(({ body }) => JSON.parse(body));
	expect(came.find(({ type, data }) => type === "alert.cleared" && data.segment === null)).toMatchObject({
		data: { survey: "csat", direction: "down", value: 0, responses: 140, reference_value: 100, cleared_on: expect.any(String) },
	});
});

test("what was changed and resolved is told to those who want its group and its segment, how late it came among them", async () => {
	const { collector, target } = stage;
	const wanting = async (filter: object) =>
		(await makeEndpoint(collector, target.url, { events: ["answer.updated", "case.resolved"], filter })).id;
	const soon = await wanting({ groups: ["detractors"], segments: ["delay:1h", "device:tablet"] });
	const phones = await wanting({ surveys: ["nps"], segments: ["device:phone"] });
	const nobody = await wanting({ segments: ["delay:later"] });
	const low = collector.ask({ score: 1, device: "phone" });
	const fine = collector.ask({ score: 9, device: "phone" });
	for (const ask of [low, fine]) await collector.send(ask);
	await tellAll(collector, Date.now() + RESTED);
	const { cases } = await (await collector.owner("/v1/cases")).json();
	const { id } = cases.find(({ response }: { response: { score: number } }) => response.score === 1);
	const resolved = await collector.owner(`/v1/cases/${id}`, { method: "PATCH", body: JSON.stringify({ state: "resolved" }) });
	expect(resolved.status).toBe(200);
	await collector.send({ ...low, rev: 2, score: 2 });
	await collector.send({ ...fine, rev: 2, score: 10 });
	await tellAll(collector, Date.now() + 3 * RESTED);
	const says = ["type", "json_extract(body, '$.data.score')", "coalesce(json_extract(body, '$.data.case_state'), '')"];
	expect(await toldBy(soon, ...says)).toEqual(["answer.updated 2 ", "case.resolved 2 resolved"]);
	expect(await toldBy(phones, ...says)).toEqual(["answer.updated 2 ", "answer.updated 10 ", "case.resolved 2 resolved"]);
	expect(await toldBy(nobody, ...says)).toEqual([]);
	await target.until(5);
});
