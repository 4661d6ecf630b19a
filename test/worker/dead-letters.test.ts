import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addDays, addMonths, dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { queuedRevision } from "../harness/queued-revision.ts";

const ZONE = "Europe/Rome";
const HOUR_MS = 60 * 60 * 1000;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	await collector.db.prepare("DELETE FROM dead_letter").run();
	site = await collector.makeSite();
});

const keptId = (clientId: string, of = site) => createHash("sha256").update(`${of.id}:${clientId}`).digest("hex").slice(0, 32);

/** A revision as the queue carries it, with all that may tell who Ann is. */
function revision(changes: object = {}, clientId = randomUUID()): Record<string, unknown> {
	const now = Date.now();
	return queuedRevision(now, {
		id: keptId(clientId),
		drivers: ["price"],
		comment: "What Ann said.",
		transaction: "order-77",
		customer: "ann@example.com",
		page: "https://shop.example/thanks",
		shownAt: now - 1_000,
		...changes,
	});
}

/** Keeps dead letters as an earlier release did. */
async function deadMany(
	bodies: readonly unknown[],
	of: string | null = site.id,
	sentAt = Date.now() - HOUR_MS,
): Promise<string[]> {
	const letters = bodies.map((body, i) => ({
		id: randomUUID().replaceAll("-", ""),
		body: JSON.stringify(body),
		sentAt: sentAt + Math.floor(i / 7),
	}));
	await collector.db
		.prepare(
			`INSERT INTO dead_letter (id, body, sent_at, site)
			SELECT json_extract(value, '$.id'), json_extract(value, '$.body'), json_extract(value, '$.sentAt'), ?2 FROM json_each(?1)`,
		)
		.bind(JSON.stringify(letters), of)
		.run();
	return letters.map(({ id }) => id);
}

const dead = async (body: unknown, of: string | null = site.id, sentAt?: number): Promise<string> =>
	(await deadMany([body], of, sentAt))[0] ?? "";

/** So many answers of the site. */
const answers = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ site: site.id, revision: revision({ score: i % 11 }) }));

interface Letter {
	readonly id: string;
	readonly site: string | null;
	readonly kind: string;
	readonly sent_at: string;
	readonly tried_at: string | null;
	readonly reason: string;
}

const list = async (path = "/v1/dead-letters"): Promise<{ dead_letters: Letter[]; next: string | null }> =>
	(await collector.operator(path)).json();
const replay = async (body: object = {}) => {
	const response = await collector.operator("/v1/dead-letters/replay", { method: "POST", body: JSON.stringify(body) });
	return { status: response.status, ...(await response.json()) };
};
const stored = async (of = site) =>
	(
		await collector.db
			.prepare("SELECT id, rev, score, comment, customer FROM ask WHERE site = ?1 ORDER BY id")
			.bind(of.id)
			.all<{ id: string; rev: number; score: number; comment: string | null; customer: string | null }>()
	).results;

describe("what the queue gives up", () => {
	test("is tried once more, and stored where that works", async () => {
		await collector.deliver("afterword-dead", [{ site: site.id, revision: revision() }], Date.now() - HOUR_MS);
		expect(await stored()).toMatchObject([{ score: 9, comment: "What Ann said." }]);
		expect((await list()).dead_letters).toEqual([]);
		expect(await collector.drift()).toEqual([]);
	});

	test("is kept where it does not, with whose it is, when it was sent and why", async () => {
		const sentAt = Date.now() - 3 * HOUR_MS;
		const bodies = [
			{ site: site.id, revision: revision({ score: "nine" }) },
			{ site: "nobody", revision: revision() },
			"nothing we know",
			{ site: site.id, revision: revision({ survey: 7, comment: ["What Ann said."] }) },
		];
		await collector.deliver("afterword-dead", bodies, sentAt);
		const { dead_letters } = await list();
		expect(dead_letters).toHaveLength(4);
		const of = (about: RegExp) => dead_letters.find(({ reason }) => about.test(reason));
		expect(of(/^revision\.score: /)).toMatchObject({
			site: site.id,
			kind: "unreadable",
			sent_at: new Date(sentAt).toISOString(),
		});
		expect(of(/no such site/)).toMatchObject({ site: null, kind: "revision" });
		expect(of(/revision\.survey: .*; revision\.comment: /)).toMatchObject({ site: site.id, kind: "unreadable" });
		expect(of(/^body: /)).toMatchObject({ site: null, kind: "unreadable" });
		expect(await stored()).toEqual([]);
	});

	test("is listed without what was said or who said it, in pages", async () => {
		const ids = await deadMany(answers(130));
		const first = await list();
		const second = await list(`/v1/dead-letters?cursor=${first.next}`);
		expect([first.dead_letters.length, second.dead_letters.length, second.next]).toEqual([100, 30, null]);
		expect([...first.dead_letters, ...second.dead_letters].map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
		expect(JSON.stringify([first, second])).not.toMatch(/What Ann said|ann@example|order-77|shop\.example/);
		const wrong = await collector.operator("/v1/dead-letters?cursor=x");
		expect([wrong.status, (await wrong.json()).field]).toEqual([400, "cursor"]);
	});
});

describe("a replay", () => {
	test("stores what can be, and what it stored is dead no more", async () => {
		const other = await collector.makeSite();
		await deadMany(answers(40));
		await dead({ site: other.id, revision: { ...revision(), id: keptId(randomUUID(), other) } }, other.id);
		expect(await replay()).toEqual({ status: 200, kept: 41, failed: [], left: 0 });
		expect([(await stored()).length, (await stored(other)).length]).toEqual([40, 1]);
		expect(await replay()).toMatchObject({ kept: 0, left: 0 });
		expect(await collector.drift()).toEqual([]);
	});

	test("is bounded: a hundred a call, and what is left is said", async () => {
		await deadMany(answers(120));
		expect(await replay()).toMatchObject({ kept: 100, left: 20 });
		expect(await replay()).toMatchObject({ kept: 20, left: 0 });
		expect(await stored()).toHaveLength(120);
	});

	test("of one that cannot be kept says why, keeps it, and holds up no other, however often", async () => {
		const poisoned = await dead({ site: site.id, revision: revision({ status: "delighted" }) });
		const unknown = await dead({ site: "gone", revision: revision() }, null);
		await deadMany(answers(105), site.id, Date.now());
		const first = await replay();
		expect(first).toMatchObject({ kept: 98, left: 9 });
		expect(first.failed.map(({ id }: { id: string }) => id).toSorted()).toEqual([poisoned, unknown].toSorted());
		expect(await replay()).toMatchObject({ kept: 7, left: 2 });
		const letters = (await list()).dead_letters;
		expect(letters.find(({ id }) => id === poisoned)).toMatchObject({
			reason: expect.stringMatching(/^revision\.status: /),
			tried_at: expect.any(String),
		});
		expect(await replay({ id: poisoned })).toMatchObject({ kept: 0, failed: [{ id: poisoned }], left: 2 });
		expect(await stored()).toHaveLength(105);
	});

	test("of a site whose letters cannot all be written at once writes each that can be", async () => {
		await collector.db.prepare("UPDATE site SET token_mode = 'off' WHERE id = ?1").bind(site.id).run();
		const signed = { verified: true, transaction: "signed-1" };
		await dead({ site: site.id, revision: revision({ ...signed, score: 3 }) });
		await dead({ site: site.id, revision: revision({ ...signed, score: 8 }) });
		await dead({ site: site.id, revision: revision({ score: 5 }) });
		expect(await replay()).toMatchObject({ kept: 3, failed: [], left: 0 });
		expect((await stored()).map(({ score }) => score).toSorted()).toEqual([3, 5]);
		expect(await collector.drift()).toEqual([]);
	});

	test("of one alone leaves the others; one there is not is 404", async () => {
		const id = await dead({ site: site.id, revision: revision() });
		await dead({ site: site.id, revision: revision() });
		expect(await replay({ id })).toMatchObject({ kept: 1, left: 1 });
		expect(await replay({ id })).toMatchObject({ status: 404, field: "id" });
		expect(await replay({ ids: [id] })).toMatchObject({ status: 400, field: "ids" });
	});

	test("stores nothing twice, and nothing older than what stands", async () => {
		const clientId = randomUUID();
		const ask = { ...collector.ask({ id: clientId, rev: 3, score: 2, comment: "Later." }), site: site.publicKey };
		expect((await collector.send(ask)).status).toBe(201);
		await dead({ site: site.id, revision: revision({ rev: 2, score: 10 }, clientId) });
		await dead({ site: site.id, revision: revision({ rev: 3, score: 10 }, clientId) });
		expect(await replay()).toMatchObject({ kept: 2, left: 0 });
		expect(await stored()).toMatchObject([{ rev: 3, score: 2, comment: "Later." }]);
		expect(await collector.drift()).toEqual([]);
	});

	test("brings back neither what the owner deleted nor the name of whom they erased", async () => {
		const [deleted, erased] = [randomUUID(), randomUUID()];
		for (const id of [deleted, erased])
			await collector.send({ ...collector.ask({ id, customer: "ann@example.com" }), site: site.publicKey });
		await collector.owner(`/v1/responses/${keptId(deleted)}`, { method: "DELETE" }, site);
		await collector.owner("/v1/customers/ann@example.com", { method: "DELETE" }, site);
		await dead({ site: site.id, revision: revision({ rev: 5, score: 1 }, deleted) });
		await dead({ site: site.id, revision: revision({ rev: 5, score: 1 }, erased) });
		expect(await replay()).toMatchObject({ kept: 2, left: 0 });
		expect(await stored()).toEqual([{ id: keptId(erased), rev: 1, score: 9, comment: null, customer: null }]);
		expect(await collector.drift()).toEqual([]);
	});

	test("keeps to the site's retention: an old answer comes back nameless, a very old one not at all", async () => {
		const today = dayOf(Date.now(), ZONE);
		await collector.db.prepare("UPDATE site SET raw_from = ?2 WHERE id = ?1").bind(site.id, addMonths(today, -25)).run();
		const at = (months: number) => {
			const day = addDays(addMonths(today, -months), -1);
			return { day, shownAt: Date.parse(day), receivedAt: Date.parse(day) };
		};
		await dead({ site: site.id, revision: revision(at(14)) });
		const gone = await dead({ site: site.id, revision: revision(at(25)) });
		expect(await replay()).toMatchObject({ kept: 1, failed: [{ id: gone, reason: expect.stringContaining("day is before") }] });
		expect(await stored()).toMatchObject([{ score: 9, comment: null, customer: null }]);
		expect(await collector.drift()).toEqual([]);
	});
});

test("retention reaches dead letters: names go after their months, and then the letters", async () => {
	const today = dayOf(Date.now(), ZONE);
	const on = (day: string) => revision({ day, shownAt: Date.parse(day), receivedAt: Date.parse(day) });
	const young = await dead({ site: site.id, revision: on(addMonths(today, -13)) });
	const nameless = await dead({ site: site.id, revision: on(addDays(addMonths(today, -13), -1)) });
	await dead({ site: site.id, revision: on(addDays(addMonths(today, -25), -1)) });
	const old = Date.parse(addMonths(today, -14));
	await dead({ site: site.id, revision: { comment: "What Ann said." } }, site.id, old);
	await dead("What Ann said.", null, old);
	const stray = await dead("What Ann said.", null);
	await collector.nightly(Date.now());
	const { results } = await collector.db
		.prepare("SELECT id, body FROM dead_letter ORDER BY id")
		.all<{ id: string; body: string }>();
	const names = (id: string) =>
		/What Ann said|ann@example|order-77|shop\.example/.test(results.find((row) => row.id === id)?.body ?? "");
	expect(results.map(({ id }) => id)).toEqual([young, nameless, stray].toSorted());
	expect([names(young), names(nameless), names(stray)]).toEqual([true, false, true]);
	expect(await replay({ id: nameless })).toMatchObject({ kept: 1 });
});

test("one is deleted by the operator, and the site's audit log says so", async () => {
	const id = await dead({ site: site.id, revision: revision() });
	const remove = () => collector.operator(`/v1/dead-letters/${id}`, { method: "DELETE" });
	expect((await remove()).status).toBe(204);
	expect((await remove()).status).toBe(404);
	const entries = async () => (await (await collector.owner("/v1/audit", {}, site)).json()).entries;
	await expect
		.poll(async () => (await entries())[0])
		.toMatchObject({ actor: "operator", action: "DELETE /v1/dead-letters/:id", object: id, result: 204 });
	expect(await stored()).toEqual([]);
});

test("no site's key opens any of it", async () => {
	for (const [method, path] of [
		["GET", "/v1/dead-letters"],
		["POST", "/v1/dead-letters/replay"],
		["DELETE", "/v1/dead-letters/x"],
		["GET", "/v1/health"],
	] as const)
		expect([path, (await collector.owner(path, { method })).status]).toEqual([path, 401]);
});
