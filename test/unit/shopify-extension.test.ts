import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, expectTypeOf, test } from "vitest";
import { experimental_readRawConfig as readToml } from "wrangler";
import { dueOf } from "../../examples/shopify/extensions/afterword-question/src/due.ts";
import type { KeptAsk } from "../../examples/shopify/extensions/afterword-question/src/memory.ts";
import { orderReference } from "../../examples/shopify/extensions/afterword-question/src/order-reference.ts";
import type { Question, Questions } from "../../examples/shopify/extensions/afterword-question/src/questions.ts";
import { settingsIn } from "../../examples/shopify/extensions/afterword-question/src/settings.ts";
import { PATHS } from "../../local/paths.ts";
import { transactionReference } from "../../shared/identifier-contract.ts";
import type { QuestionsReply } from "../../shared/question-contract.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 22);

test("what the extension reads is what the Worker sends", () => {
	expectTypeOf<QuestionsReply>().toExtend<Questions>();
});

test("the extension asks for both pages, for the network, and for the settings that it reads", async () => {
	const folder = join(PATHS.examples, "shopify/extensions/afterword-question");
	const { extensions } = Object(readToml({ config: join(folder, "shopify.extension.toml") }).rawConfig);
	const [{ type, capabilities, targeting, settings }] = extensions;
	expect([extensions.length, type, capabilities]).toEqual([1, "ui_extension", { network_access: true }]);
	expect(targeting.map(({ target }: { target: string }) => target).sort()).toEqual([
		"customer-account.order-status.block.render",
		"purchase.thank-you.block.render",
	]);
	// What a module is written for its own import of Shopify's types says.
	for (const { target, module } of targeting)
		expect(await readFile(join(folder, module), "utf8")).toContain(`from "@shopify/ui-extensions/${target}"`);
	const read: unknown[] = [];
	const get = (given: Record<string, unknown>, key: string) => read.push(key) && given[key];
	settingsIn(new Proxy({ tag: "https://feedback.example/w/aw_pub_0123456789abcdefABCDEF.js" }, { get }));
	expect(settings.fields.map(({ key }: { key: string }) => key)).toEqual(read);
});

test("an order is called by the number in its global id, on either page; else by its name without the #", () => {
	expect(orderReference({ id: "gid://shopify/OrderIdentity/5001" })).toBe("5001");
	expect(orderReference({ id: "gid://shopify/Order/5001?key=abc", name: "#1001" })).toBe("5001");
	expect(orderReference({ id: "", name: "#1001" })).toBe("1001");
	expect(orderReference({ id: "", name: "EU #1001-B" })).toBe("EU1001-B");
	expect(orderReference({ id: "gid://shopify/Order/", name: "#" })).toBe(undefined);
	for (const name of ["#1001", "№ 12/7", "  A.1 ", "#".repeat(90) + "9".repeat(90)]) {
		const reference = orderReference({ id: "", name });
		expect([name, transactionReference.safeParse(reference).success]).toEqual([name, true]);
	}
});

test("the tag's address is found in whatever was pasted, and what is none is none", () => {
	const site = "aw_pub_0123456789abcdefABCDEF";
	const read = (tag: unknown) => settingsIn({ tag, survey: " " });
	const found = { collector: "https://feedback.example", site, survey: undefined };
	expect(read(`https://feedback.example/w/${site}.js`)).toEqual(found);
	expect(read(`  https://feedback.example/w/${site}.lazy.js?lang=he `)).toEqual(found);
	expect(read(`<script async src="https://feedback.example/w/${site}.js" data-transaction="1"></script>`)).toEqual(found);
	expect(settingsIn({ tag: `https://feedback.example/w/${site}.js`, survey: "nps" })?.survey).toBe("nps");
	for (const tag of [undefined, "", site, "https://feedback.example", `https://feedback.example/w/${site.slice(0, -1)}.js`])
		expect([tag, read(tag)]).toEqual([tag, null]);
});

const question = (changes: Partial<Question> = {}): Question => ({
	version: 1,
	scale: [1, 5],
	display: "numbers",
	sampling: 100,
	ask_again_days: 30,
	question: "",
	ends: [],
	drivers: [],
	words: { dismiss: "", saved: "", reasons: "", comment: "", done: "", thanks: "", waiting: "", refused: "", answered: "" },
	...changes,
});

const kept = (changes: Partial<KeptAsk> = {}): KeptAsk => ({
	id: "a",
	survey: "csat",
	version: 1,
	transaction: "1",
	status: "shown",
	rev: 0,
	shownAt: NOW - 1_000,
	origin: 0,
	tick: 0,
	...changes,
});

const due = (asks: readonly KeptAsk[], transaction: string | undefined, changes: Partial<Question> = {}) =>
	dueOf(asks, "csat", question(changes), transaction, NOW);

test("an order is asked about once; what was left open is gone on with for a day", () => {
	expect(due([], "1")).toEqual({ open: undefined });
	expect(due([kept()], "1")).toEqual({ open: kept() });
	for (const status of ["answered", "dismissed"] as const) expect(due([kept({ status })], "1", { ask_again_days: 0 })).toBe(null);
	const yesterday = kept({ shownAt: NOW - DAY_MS });
	expect([due([yesterday], "1"), due([yesterday], "1", { ask_again_days: 0 })]).toEqual([null, { open: undefined }]);
	expect(due([kept()], "1", { version: 2, ask_again_days: 0 })).toEqual({ open: undefined });
});

test("another order is asked about when it is long enough since the last question, twice as long after a no", () => {
	const before = (days: number, changes: Partial<KeptAsk> = {}) => [kept({ shownAt: NOW - days * DAY_MS, ...changes })];
	expect([due(before(29), "2"), due(before(30), "2")]).toEqual([null, { open: undefined }]);
	expect([due(before(59, { status: "dismissed" }), "2"), due(before(60, { status: "dismissed" }), "2")]).toEqual([
		null,
		{ open: undefined },
	]);
	expect([due(before(13, { survey: "nps" }), "2"), due(before(14, { survey: "nps" }), "2")]).toEqual([null, { open: undefined }]);
	expect(due(before(0, { status: "answered" }), "2", { ask_again_days: 0 })).toEqual({ open: undefined });
});

test("after any other question as many days pass as the survey says; a Worker that does not say it means 14, or none", () => {
	const other = (days: number, changes: Partial<KeptAsk> = {}) => [
		kept({ survey: "nps", status: "answered", shownAt: NOW - days * DAY_MS, ...changes }),
	];
	const around = (days: number, changes: Partial<Question>, status: KeptAsk["status"] = "answered") =>
		[days - 1, days].map((ago) => due(other(ago, { status }), "2", changes) !== null);
	expect(around(60, { ask_after_any_days: 60 })).toEqual([false, true]);
	expect(around(120, { ask_after_any_days: 60 }, "dismissed")).toEqual([false, true]);
	expect(around(60, { ask_again_days: 0, ask_after_any_days: 60 })).toEqual([false, true]);
	for (const status of ["shown", "answered", "dismissed"] as const) {
		expect(due(other(0, { status }), "2", { ask_after_any_days: 0 })).toEqual({ open: undefined });
		expect(due(other(-0.01, { status }), "2", { ask_after_any_days: 0 })).toEqual({ open: undefined });
	}
	expect(due(other(29, { survey: "csat" }), "2", { ask_after_any_days: 0 })).toBe(null);
	expect(around(14, {})).toEqual([false, true]);
	expect(due(other(0), "2", { ask_again_days: 0 })).toEqual({ open: undefined });
});

test("a sample takes the same orders at every visit, and about as many as it says", () => {
	const orders = Array.from({ length: 2_000 }, (_, i) => `${5_000_000_000_000 + i * 32_768}`);
	const taken = orders.filter((order) => due([], order, { sampling: 40 }));
	expect(orders.filter((order) => due([], order, { sampling: 40 }))).toEqual(taken);
	expect(Math.abs(taken.length / orders.length - 0.4)).toBeLessThan(0.05);
	expect([orders.some((order) => due([], order, { sampling: 0 })), orders.every((order) => due([], order))]).toEqual([
		false,
		true,
	]);
});
