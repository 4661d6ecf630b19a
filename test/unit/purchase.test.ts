import fc from "fast-check";
import { expect, test } from "vitest";
import { transactionOf } from "../../widget/purchase.ts";

/** What gtag pushes: its arguments. */
function gtag(..._what: unknown[]): unknown {
	// biome-ignore lint/complexity/noArguments: the very object that is pushed
	return arguments;
}

test.for([
	["GA4's ecommerce", { event: "purchase", ecommerce: { transaction_id: "T-1001" } }],
	["GA4's event", { event: "purchase", transaction_id: "T-1001" }],
	["ecommerce before what stands beside it", { event: "purchase", transaction_id: "x", ecommerce: { transaction_id: "T-1001" } }],
	["what stands beside an ecommerce without one", { event: "purchase", transaction_id: "T-1001", ecommerce: { value: 9 } }],
	["Universal Analytics", { ecommerce: { purchase: { actionField: { id: "T-1001" } } } }],
	[
		"Universal Analytics under an event of the shop's",
		{ event: "done", ecommerce: { purchase: { actionField: { id: "T-1001" } } } },
	],
	["gtag", gtag("event", "purchase", { transaction_id: "T-1001", value: 9 })],
	["a list like gtag's", ["event", "purchase", { transaction_id: "T-1001" }]],
] as const)("%s names the transaction", ([, entry]) => {
	expect(transactionOf(entry)).toBe("T-1001");
});

test("a number is a name too", () => {
	expect(transactionOf({ event: "purchase", ecommerce: { transaction_id: 1001 } })).toBe("1001");
});

test.for([
	["another event", { event: "view_item", ecommerce: { transaction_id: "T-1001" } }],
	["a refund", { event: "refund", transaction_id: "T-1001", ecommerce: { refund: { actionField: { id: "T-1001" } } } }],
	["a number without an event", { transaction_id: "T-1001" }],
	["a purchase without a number", { event: "purchase", ecommerce: { value: 9 } }],
	["a number that is none", { event: "purchase", transaction_id: ["T-1001"] }],
	["gtag's other events", gtag("event", "page_view", { transaction_id: "T-1001" })],
	["gtag's other commands", gtag("set", "purchase", { transaction_id: "T-1001" })],
] as const)("%s is no purchase", ([, entry]) => {
	expect(transactionOf(entry)).toBeUndefined();
});

test("whatever stands in a dataLayer, the transaction is a text or there is none", () => {
	const names = fc.constantFrom("event", "ecommerce", "purchase", "actionField", "id", "transaction_id", "0", "1", "2");
	const { entry } = fc.letrec((tie) => ({
		entry: fc.oneof(
			{ maxDepth: 5 },
			fc.constantFrom("purchase", "event", "T-1001", "", null, undefined, 7, true),
			fc.anything(),
			fc.array(tie("entry"), { maxLength: 3 }),
			fc.dictionary(names, tie("entry"), { maxKeys: 4 }),
		),
	}));
	fc.assert(
		fc.property(entry, (value) => {
			expect(["string", "undefined"]).toContain(typeof transactionOf(value));
		}),
		{ numRuns: 2_000 },
	);
});
