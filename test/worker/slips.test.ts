import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await collector.owner("/v1/site", {
		method: "PATCH",
		body: JSON.stringify({ segments: { plan: ["free", "gold"], region: ["north"] } }),
	});
});
afterAll(() => collector.stop());

/** Sends an answer with a slip in it and gives what was said and what was kept. */
async function slip(changes: object) {
	const marker = randomUUID();
	const response = await collector.send({ ...collector.ask({ id: marker }), ...changes });
	const { status, dropped } = await response.json();
	expect([response.status, status]).toEqual([201, "stored"]);
	const row = await collector.db
		.prepare('SELECT comment, drivers, segments, "transaction", customer, page FROM ask ORDER BY updated_at DESC LIMIT 1')
		.first<Record<string, string | null>>();
	return { dropped, row };
}

test.for([
	["a transaction with a # before it", { transaction: "#1001" }, ["transaction"]],
	["a transaction of 65 bytes", { transaction: "1".repeat(65) }, ["transaction"]],
	["a transaction that is a number", { transaction: 1001 }, ["transaction"]],
	["a customer with a line break", { customer: "ann\nbob" }, ["customer"]],
	["an undeclared segment", { segments: { colour: "red" } }, ["segments.colour"]],
	["segments that are no object", { segments: "gold" }, ["segments"]],
	["a language we do not ship", { locale: "tlh" }, ["locale"]],
	["a channel there is not", { channel: "radio" }, ["channel"]],
	["the channel of imports", { channel: "import" }, ["channel"]],
	["a device there is not", { device: "fridge" }, ["device"]],
	["a page that is no address", { page: "javascript:alert(1)" }, ["page"]],
	["a reason that is not offered", { drivers: ["price", "weather"] }, ["drivers"]],
	["reasons that are no list", { drivers: "price" }, ["drivers"]],
	["a comment that is no text", { comment: 5 }, ["comment"]],
	["an age that is no number", { age_ms: "soon" }, ["age_ms"]],
	["a token too long", { token: "x".repeat(385) }, ["token"]],
	[
		"several slips at once",
		{ transaction: "#1", locale: "xx", segments: { colour: "red" } },
		["transaction", "locale", "segments.colour"],
	],
] as const)("%s costs no answer and is said", async ([, changes, dropped]) => {
	expect((await slip(changes)).dropped).toEqual(dropped);
});

test("what is left out is left out, and the rest is kept", async () => {
	const { row } = await slip({
		transaction: "#1001",
		customer: "ann@shop.example",
		segments: { colour: "red", plan: "gold" },
		drivers: ["price", "weather"],
	});
	expect(row).toMatchObject({ transaction: null, customer: "ann@shop.example", drivers: '["price"]' });
	expect(JSON.parse(row?.["segments"] ?? "")).toEqual({ plan: "gold", channel: "page" });
});

test("a comment of 3,000 characters is kept to 2,000", async () => {
	const { dropped, row } = await slip({ comment: "a".repeat(3_000) });
	expect([dropped, row?.["comment"]?.length]).toEqual([["comment"], 2_000]);
});

test("a comment is cut to 8 KiB at a character", async () => {
	const { dropped, row } = await slip({ comment: "語".repeat(2_000).concat("語".repeat(1_000)) });
	expect(dropped).toEqual(["comment"]);
	expect(row?.["comment"]).toMatch(/^語+$/);
	const emoji = await slip({ comment: "😀".repeat(1_001) });
	expect(emoji.row?.["comment"]).toBe("😀".repeat(1_000));
});

test("NUL and half a surrogate pair do not reach the database", async () => {
	const { row } = await slip({ comment: "a\u0000b\ud800c" });
	expect(row?.["comment"]).toBe("ab\uFFFDc");
});

test("an undeclared value of a declared segment counts as other, without a word", async () => {
	const { dropped, row } = await slip({ segments: { plan: "platinum" } });
	expect(dropped).toBeUndefined();
	expect(JSON.parse(row?.["segments"] ?? "")).toMatchObject({ plan: "other" });
});

test("a page loses its query, its fragment and what may be a secret in its path", async () => {
	const { row } = await slip({ page: "https://shop.example/orders/8f3a9c/thank-you?token=abc#x" });
	expect(row?.["page"]).toBe("https://shop.example/orders/*/thank-you");
});

test("an explicit null of an optional field counts as left out", async () => {
	expect((await slip({ transaction: null, comment: null, drivers: null, segments: null, locale: null })).dropped).toBeUndefined();
});
