import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { statementsOf } from "../../local/migrate.ts";
import { PATHS } from "../../local/paths.ts";
import { addMonths, dayOf } from "../../shared/day.ts";
import { dueEvents, keepDeliveries } from "../../worker/db/due-events.ts";
import { forgetIdentities } from "../../worker/db/retention.ts";
import { tokenOf } from "../bench/signed-orders.ts";
import { type DeliveryStage, setDeliveryStage } from "../harness/delivery-stage.ts";
import { makeEndpoint } from "../harness/endpoint.ts";

let stage: DeliveryStage;
beforeAll(async () => {
	stage = await setDeliveryStage();
});
beforeEach(() => stage.begin());
afterEach(() => stage.end());
afterAll(() => stage.stop());

describe("retention", () => {
	const DAY_MS = 24 * 60 * 60 * 1000;
	/** When answers of a few days ago have had their month, and those of today have not. */
	const later = Date.parse(`${addMonths(dayOf(Date.now(), "Europe/Rome"), 1)}T12:00:00Z`);
	const COMMENTS = ["Ann here.", "Call Bea.", "Still young."];

	let signer: Parameters<typeof tokenOf>[0];
	beforeEach(async () => {
		const post = async (path: string, method: string, body: object) =>
			(await stage.collector.owner(path, { method, body: JSON.stringify(body) }, stage.site)).json();
		await post("/v1/site", "PATCH", { retention: { identities_months: 1 } });
		const { secret, signing_secret } = await post("/v1/signing-secrets", "POST", {});
		signer = { site: stage.site.publicKey, kid: secret.kid, secret: signing_secret };
	});
	const answer = async (changes: object) => {
		const ask = stage.collector.ask({ site: stage.site.publicKey, age_ms: 5 * DAY_MS, ...changes });
		expect((await stage.collector.send(ask)).status).toBe(201);
		return ask;
	};
	const bodies = async () =>
		(
			await stage.collector.db
				.prepare("SELECT type, state, body FROM delivery WHERE site = ?1")
				.bind(stage.site.id)
				.all<{ type: string; state: string; body: string }>()
		).results.map(({ type, state, body }) => ({ type, state, body, data: JSON.parse(body).data }));
	const forget = async () => {
		await stage.collector.db.prepare("UPDATE site SET retain_at = iif(id = ?1, 0, 9e15)").bind(stage.site.id).run();
		await stage.collector.nightly(later);
	};

	/** Three answers, told at one endpoint and waiting for another, the second with its comment taken back since. */
	async function toldAnswers(): Promise<void> {
		await makeEndpoint(
			stage.collector,
			stage.target.url,
			{ comments: true, events: ["answer.scored", "answer.updated"] },
			stage.site,
		);
		const down = stage.target.url.replace("/hook", "/down");
		await makeEndpoint(stage.collector, down, { comments: true, events: ["answer.scored"] }, stage.site);
		stage.target.reply((response, { path }) => response.writeHead(path === "/down" ? 500 : 204).end());
		await answer({ score: 9, comment: COMMENTS[0], token: tokenOf(signer, "A-1", "ann@example.com") });
		const taken = await answer({ score: 8, comment: COMMENTS[1] });
		await answer({ score: 7, comment: COMMENTS[2], token: tokenOf(signer, "C-1", "cleo@example.com"), age_ms: 0 });
		await stage.collector.minute(later - 4 * DAY_MS);
		await stage.target.until(4);
		await expect.poll(async () => (await bodies()).filter(({ state }) => state === "delivered").length).toBe(3);
		await stage.collector.send({ ...taken, rev: 2, comment: "" });
		await stage.collector.minute(later - 3 * DAY_MS);
		await expect.poll(async () => (await bodies()).filter(({ state }) => state === "delivered").length).toBe(4);
		for (const comment of COMMENTS) expect((await bodies()).filter(({ body }) => body.includes(comment))).toHaveLength(2);
	}

	/** What is kept of what was told when two of the answers have lost their names. */
	async function expectNameless(): Promise<void> {
		const kept = await bodies();
		expect(kept).toHaveLength(7);
		for (const { data, body } of kept) {
			if (data.score === 7) {
				expect(data).toMatchObject({ comment: COMMENTS[2], customer: "cleo@example.com", transaction: "C-1" });
				continue;
			}
			expect(data).toMatchObject({ comment: null, customer: null, transaction: null, metric: "nps" });
			expect(body).not.toMatch(/Ann|ann@|A-1|Bea/);
		}
	}

	test("takes comment, customer and transaction from what is kept of what was told too, and what waits is told without", async () => {
		await toldAnswers();
		await forget();
		await expectNameless();
		// The run before it has called a sweep, which may have read what it tells before it was taken.
		const lastTold = "SELECT min(attempts ->> '$[#-1].at') AS at FROM delivery WHERE site = ?1 AND state = 'pending'";
		const swept = async () => String((await stage.collector.db.prepare(lastTold).bind(stage.site.id).first())?.["at"]);
		await expect.poll(swept, { timeout: 20_000 }).toMatch(new RegExp(`^${new Date(later).toISOString().slice(0, 13)}`));
		stage.target.reply((response) => response.writeHead(204).end());
		await stage.collector.minute(later + DAY_MS / 2);
		await expect.poll(async () => (await bodies()).map(({ state }) => state)).toEqual(Array(7).fill("delivered"));
		const told = stage.target.received.slice(-3).map(({ body }) => JSON.parse(body).data);
		expect(told.map(({ score, comment }) => [score, comment]).sort()).toEqual([
			[7, COMMENTS[2]],
			[8, null],
			[9, null],
		]);
	});

	test("has done the same once the database is brought up to date, with what it had passed before", async () => {
		await toldAnswers();
		const before = (
			await stage.collector.db
				.prepare("SELECT id, body FROM delivery WHERE site = ?1")
				.bind(stage.site.id)
				.all<{ id: string; body: string }>()
		).results;
		await forget();
		const sql = statementsOf(await readFile(join(PATHS.migrations, "0015_health.sql"), "utf8"))[0] ?? "";
		const unread = "UPDATE delivery SET body = 'not JSON, ' || ?2 WHERE site = ?1 AND id = ?3";
		for (const { id, body } of before)
			await stage.collector.db
				.prepare("UPDATE delivery SET body = ?2 WHERE site = ?1 AND id = ?3")
				.bind(stage.site.id, body, id)
				.run();
		await stage.collector.db.prepare(sql).run();
		await expectNameless();
		await stage.collector.db.prepare(unread).bind(stage.site.id, "{}", before[0]?.id).run();
		await stage.collector.db.prepare(sql).run();
	});

	test("is not overtaken by an answer that was read before it and told after it", async () => {
		const { id: endpoint } = await makeEndpoint(
			stage.collector,
			stage.target.url,
			{ comments: true, events: ["answer.scored"] },
			stage.site,
		);
		await answer({ comment: COMMENTS[0] });
		const db = stage.collector.db as unknown as Parameters<typeof dueEvents>[0];
		const due = await dueEvents(db, later, 10);
		await forgetIdentities(db, stage.site.id, dayOf(Date.now(), "UTC"), 10);
		const made = due.map(({ site, subject, type, updated_at, nameless, comment }) => {
			const body = JSON.stringify({ type, data: { comment } });
			return { site, id: "msg_read_before", endpoint, type, subject, updatedAt: updated_at, nameless, body };
		});
		expect(made).toMatchObject([{ body: expect.stringContaining(COMMENTS[0] ?? "") }]);
		await db.batch(keepDeliveries(db, made, due, later));
		expect(await bodies()).toEqual([]);
		await stage.collector.minute(later);
		expect((await bodies()).map(({ data }) => data.comment)).toEqual([null]);
	});
});
