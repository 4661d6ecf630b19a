import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { makeEndpoint } from "../harness/endpoint.ts";
import { type Stage, setStage, whenShown } from "../harness/stage.ts";
import { startTarget, type Target } from "../harness/target.ts";

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;

let stage: Stage;
let target: Target;
beforeAll(async () => {
	stage = await setStage({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
	target = await startTarget();
});
afterEach(async () => expect(await stage.clear()).toEqual([]));
afterAll(async () => {
	await target.stop();
	await stage.stop();
});

test("a tap of 2 is told, signed, and has its case, once, though the target failed, hung and redirected first; a replay tells it again under its id", async () => {
	const { collector } = stage;
	const failures = [
		(response: Parameters<Parameters<Target["reply"]>[0]>[0]) => void response.writeHead(500).end(),
		() => {},
		(response: Parameters<Parameters<Target["reply"]>[0]>[0]) => void response.writeHead(302, { location: target.url }).end(),
	];
	target.reply((response) => (failures.shift() ?? (() => void response.writeHead(204).end()))(response));
	const { secret } = await makeEndpoint(collector, target.url, { events: ["answer.scored"], filter: { groups: ["rest"] } });

	const page = await stage.visit(stage.tag('data-transaction="2001"'));
	await whenShown(page);
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("checkbox", { name: "Delivery" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	await stage.asksWhen("2001", ([ask]) => ask?.drivers.length === 1);

	const outbox = async () =>
		(
			await collector.db
				.prepare("SELECT id, state, tries, due_at FROM delivery")
				.all<{ id: string; state: string; tries: number; due_at: number }>()
		).results;
	await collector.minute(Date.now() + RESTED);
	for (let tries = 1; tries < 4; tries++) {
		await expect.poll(async () => (await outbox())[0]?.tries, { timeout: 30_000 }).toBe(tries);
		const [{ due_at } = { due_at: 0 }] = await outbox();
		await collector.minute(due_at);
	}
	await expect.poll(outbox).toMatchObject([{ state: "delivered", tries: 4 }]);

	const [{ id } = { id: "" }] = await outbox();
	const told = target.verified(secret);
	expect(told).toHaveLength(4);
	for (const each of told)
		expect(each).toMatchObject({
			id,
			type: "answer.scored",
			data: { survey: "csat", score: 2, group: "rest", drivers: ["delivery"], transaction: "2001", customer: null },
		});
	const { cases } = await (await collector.owner("/v1/cases")).json();
	expect(cases).toMatchObject([{ state: "open", response: { score: 2, transaction: "2001" } }]);

	expect((await collector.owner(`/v1/deliveries/${id}/replay`, { method: "POST" })).status).toBeLessThan(300);
	await target.until(5);
	expect(target.verified(secret).at(-1)).toEqual(told[0]);
	await expect.poll(outbox).toMatchObject([{ id, state: "delivered" }]);
});
