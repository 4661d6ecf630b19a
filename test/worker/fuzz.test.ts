import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SHOP, startCollector, type TestCollector } from "../harness/collector.ts";
import { openApiOf, routesOf } from "../harness/openapi.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	const settings = { segments: { plan: ["gold", "silver"] } };
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify(settings) });
});
afterAll(() => collector.stop());

const AT_ONCE = 25;

/** Text that has broken something somewhere: empty, long, of other scripts, half a character, markup, template, number, path, name. */
const trouble = fc.oneof(
	fc.constantFrom("", " ", "\0", "\u202e", "\ud800", "__proto__", "constructor", "toString", "NaN", "-0", "1e999", "null", "[]"),
	fc.constantFrom(
		"'; DROP TABLE ask; --",
		"<script>alert(1)</script>",
		"{{7*7}}",
		"../../etc/passwd",
		"%00%ff",
		"=cmd|' /C calc'!A0",
	),
	fc.string({ unit: "binary", maxLength: 80 }),
	fc.string({ unit: "grapheme", maxLength: 40 }),
	fc.integer({ min: 1, max: 3_000 }).map((length) => "é".repeat(length)),
);

const anything = fc.oneof(
	trouble,
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.array(trouble, { maxLength: 30 }),
	fc.dictionary(trouble, fc.oneof(trouble, fc.integer(), fc.constant(null)), { maxKeys: 12 }),
	fc.jsonValue({ maxDepth: 4 }),
);

const FIELDS = [
	..."v site survey version id rev status score drivers comment transaction token customer segments".split(" "),
	..."channel locale device page age_ms".split(" "),
] as const;

/** A valid ask with up to two of its fields put out of order, one left out, or something added. */
const bent = fc.record({
	changes: fc.dictionary(fc.constantFrom(...FIELDS), anything, { maxKeys: 2 }),
	without: fc.option(fc.constantFrom(...FIELDS), { nil: undefined, freq: 2 }),
	more: fc.option(fc.tuple(trouble, anything), { nil: undefined, freq: 2 }),
	status: fc.constantFrom("shown", "dismissed", "answered"),
});

const header = trouble.map((text) => text.replace(/[^\x20-\x7e]/g, "").trim());
/** What a page of the shop sends, or that with some of it put out of order. */
const headers: fc.Arbitrary<Record<string, string>> = fc
	.tuple(
		fc.oneof({ weight: 4, arbitrary: fc.constant(SHOP) }, fc.constantFrom("null", "https://evil.example"), header),
		fc.oneof(
			{ weight: 6, arbitrary: fc.constant("text/plain") },
			fc.constantFrom("application/json", "text/plain;charset=UTF-8", "image/png"),
			header,
		),
		fc.oneof(
			{ weight: 4, arbitrary: fc.constant({}) },
			fc.record({ "content-encoding": fc.constantFrom("gzip", "br", "identity") }),
			fc.record({ "cf-connecting-ip": fc.oneof(fc.ipV4(), fc.ipV6(), header), "sec-gpc": fc.constantFrom("1", "0", "x") }),
			fc.record({ authorization: header, "if-none-match": header, accept: header, "accept-language": header }),
		),
	)
	.map(([origin, type, rest]) => ({ origin, "content-type": type, ...rest }));

const stored = async () => Number((await collector.db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"]);

/** Sends so many made-up requests, some at a time, and gives what came of each. */
async function sendAll<Input>(arbitrary: fc.Arbitrary<Input>, count: number, send: (input: Input) => Promise<Response>) {
	const inputs = fc.sample(arbitrary, { numRuns: count, seed: 20_261_122 });
	const outcomes: { input: Input; status: number; body: string }[] = [];
	for (let i = 0; i < inputs.length; i += AT_ONCE)
		outcomes.push(
			...(await Promise.all(
				inputs.slice(i, i + AT_ONCE).map(async (input) => {
					const response = await send(input);
					return { input, status: response.status, body: await response.text() };
				}),
			)),
		);
	return outcomes;
}

test("eight thousand bent asks: none is a 500, none that is refused is stored, and every refusal names its reason", async () => {
	const outcomes = await sendAll(fc.tuple(bent, headers), 8_000, ([{ changes, without, more, status }, said]) => {
		const ask: Record<string, unknown> = { ...collector.ask({ status: status as "answered" }), ...changes };
		if (without) delete ask[without];
		if (more) ask[more[0]] = more[1];
		return collector.fetch("/v1/responses", { method: "POST", headers: said, body: JSON.stringify(ask) });
	});
	const wrong = outcomes.filter(({ status }) => ![200, 201, 400, 401, 403, 404, 413, 415, 429].includes(status));
	expect(wrong.slice(0, 3)).toEqual([]);
	const taken = outcomes.filter(({ status }) => status === 201);
	expect(taken.length).toBeGreaterThan(100);
	expect(await stored()).toBe(taken.length);
	for (const { status, body } of outcomes)
		if (status >= 400) expect(JSON.parse(body)).toMatchObject({ status, code: expect.any(String), title: expect.any(String) });
	expect(await collector.drift()).toEqual([]);
});

test("two thousand bodies that are no ask are refused and leave nothing", async () => {
	const before = await stored();
	const body = fc.oneof(
		fc.string({ unit: "binary", maxLength: 200 }),
		fc.json(),
		fc.uint8Array({ maxLength: 300 }),
		fc.constant("["),
	);
	const outcomes = await sendAll(fc.tuple(body, headers), 2_000, ([text, said]) =>
		collector.fetch("/v1/responses", { method: "POST", headers: said, body: text }),
	);
	expect(outcomes.filter(({ status }) => status < 400 || status >= 500).slice(0, 3)).toEqual([]);
	expect(await stored()).toBe(before);
});

test("two thousand made-up requests to every other address: none is a 500 or anything that the document does not name", async () => {
	const routes = routesOf(await openApiOf(collector));
	const request = fc.record({
		route: fc.constantFrom(...routes.filter(({ path, method }) => path !== "/v1/responses" || method === "GET")),
		names: fc.array(fc.oneof(trouble, fc.constantFrom("nps", "csat", collector.site.publicKey)), { minLength: 2, maxLength: 2 }),
		query: fc.dictionary(
			fc.constantFrom(
				"survey",
				"window",
				"segment",
				"metric",
				"from",
				"to",
				"key",
				"limit",
				"cursor",
				"locale",
				"score",
				"lang",
				"wanted",
				"q",
				"group",
				"driver",
				"since",
				"state",
				"event",
			),
			fc.oneof(
				trouble,
				fc.constantFrom("nps", "7d", "2026-01-01", "device", "device:phone", "9", "he,en", "dead", "case.opened"),
			),
			{ maxKeys: 4 },
		),
		body: anything,
		keyed: fc.boolean(),
	});
	const outcomes = await sendAll(request, 2_000, ({ route, names, query, body, keyed }) => {
		const rest = [...names];
		const safe = (text: string) => encodeURIComponent(text.toWellFormed()) || "x";
		const path = route.path.replace(/\{\w+\}/g, () => safe(rest.shift() ?? "x"));
		const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, value.toWellFormed()]));
		const init = { method: route.method, ...(/GET|DELETE/.test(route.method) ? {} : { body: JSON.stringify(body) }) };
		return keyed ? collector.owner(`${path}?${asked}`, init) : collector.fetch(`${path}?${asked}`, init);
	});
	const unnamed = outcomes.filter(({ input, status }) => status >= 500 || !(status in input.route.operation.responses));
	expect(unnamed.map(({ input: { route, names }, status }) => [route.method, route.path, names, status]).slice(0, 3)).toEqual([]);
});
