import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { PROBLEM_CODES } from "../../shared/problem.ts";
import { OPERATOR_KEY, SHOP, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { requestsTo } from "../harness/document-requests.ts";
import type { PageForm } from "../harness/form-in.ts";
import { type HeardNames, heardNames } from "../harness/heard-names.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { examplesOf, type OpenApi, openApiOf, type Route, routesOf } from "../harness/openapi.ts";
import { logInTo } from "../harness/owner-session.ts";
import { formsOf } from "../harness/page-forms.ts";
import type { PlainRequest } from "../harness/plain-request.ts";
import { queuedRevision } from "../harness/queued-revision.ts";
import { expectNone, refused, sendAll, wrongly } from "../harness/send-all.ts";
import { startTarget, type Target } from "../harness/target.ts";
import { bent, oddHeaders } from "../harness/trouble.ts";

let collector: TestCollector;
/** Several, for each takes no more than 600 new asks a minute. */
let sites: readonly TestSite[];
/** Where the webhooks of made-up requests lead. */
let target: Target;
let document: OpenApi;
/** Every operation but the one that takes asks. */
let routes: readonly Route[];
beforeAll(async () => {
	[collector, target] = await Promise.all([startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } }), startTarget()]);
	sites = [collector.site, ...(await Promise.all(Array.from({ length: 3 }, () => collector.makeSite())))];
	for (const site of sites) {
		await send("PATCH", "/v1/site", { segments: { plan: ["gold", "silver"] } }, site);
		await send("PATCH", "/v1/surveys/nps", { follow_up: { everyone: { kind: "callback" } } }, site);
	}
	// The site of the document's examples is one that there is, and so is the server that they tell.
	const text = JSON.stringify(await openApiOf(collector));
	document = JSON.parse(text.replace(/aw_pub_\w{22}/g, collector.site.publicKey).replace(/https:\/\/hooks\.[^"]*/g, target.url));
	routes = routesOf(document).filter(({ path, method }) => path !== "/v1/responses" || method === "GET");
});
afterAll(async () => {
	await collector.stop();
	await target.stop();
});

const send = (method: string, path: string, body: object, site = collector.site) =>
	collector.owner(path, { method, body: JSON.stringify(body) }, site);

const postAsk = (body: string | Uint8Array, odd: object): PlainRequest => ({
	method: "POST",
	address: "/v1/responses",
	headers: { origin: SHOP, "content-type": "text/plain", ...odd },
	body,
});

test("3,500 bent asks: none is a 500, none that is refused writes anything, and every refusal names its reason", async () => {
	const whole = fc
		.record({
			site: fc.constantFrom(...sites.map(({ publicKey }) => publicKey)),
			id: fc.uuid({ version: 4 }),
			status: fc.constantFrom("shown", "dismissed", "answered"),
		})
		.map((made) => ({
			...collector.ask(made),
			...(made.status === "answered" ? { drivers: ["price"], comment: "Late.", contact: "ann@shop.example" } : {}),
			...{ transaction: made.id, customer: "ann", segments: { plan: "gold" }, channel: "page", locale: "en", device: "phone" },
			...{ page: `${SHOP}/thanks`, token: undefined },
		}));
	const [answered = {}] = fc.sample(
		whole.filter(({ status }) => status === "answered"),
		1,
	);
	expect(Object.keys(answered).sort()).toEqual(Object.keys(Object(document.components.schemas["Ask"]).properties).sort());

	const asks = fc.tuple(bent(bent(whole, 1), 1), oddHeaders);
	const outcomes = await sendAll(collector.url, asks, 3_500, ([ask, odd]) => postAsk(JSON.stringify(ask) ?? "", odd));
	expectNone(outcomes.filter(({ status }) => ![200, 201, 400, 401, 403, 404, 413, 415, 429].includes(status)));
	expectNone(outcomes.filter(wrongly));
	for (const { status, reply } of outcomes.filter(refused))
		expect(JSON.parse(reply)).toMatchObject({ status, code: expect.any(String), title: expect.any(String) });
	const count = (wanted: number) => outcomes.filter(({ status }) => status === wanted).length;
	expect(await collector.db.prepare("SELECT count(*) AS n FROM ask").first()).toEqual({ n: count(201) });
	// It is what they say that they are refused for.
	expect(count(201)).toBeGreaterThan(300);
	expect(count(429)).toBeLessThan(50);
	expect(await collector.drift()).toEqual([]);
});

test("4,300 bodies that are no ask are refused and leave the database as it was", async () => {
	const before = await contents();
	const body = fc.oneof(
		fc.string({ unit: "binary", maxLength: 200 }),
		fc.json(),
		fc.uint8Array({ maxLength: 300 }),
		fc.constant("["),
	);
	const bodies = fc.tuple(body, oddHeaders);
	const outcomes = await sendAll(collector.url, bodies, 4_300, ([text, odd]) => postAsk(text, odd));
	expectNone(outcomes.filter(({ status }) => status < 400 || status === 429 || status >= 500));
	expect(await contents()).toEqual(before);
});

test("1,750 requests made up after the document: none is a 500 or a status it does not name, and none that is refused writes anything", async () => {
	const heard = heardNames(await ownKeys());
	await fill(heard);
	const keys = { owner: `Bearer ${collector.site.secretKey}`, operator: `Bearer ${OPERATOR_KEY}` };
	const requests = routes.map((route) => {
		const { requestBody, parameters = [] } = route.operation;
		return { weight: 1 + parameters.length + (requestBody ? 4 : 0), arbitrary: requestsTo(route, document) };
	});
	const outcomes = await sendAll(
		collector.url,
		fc.oneof(...requests),
		1_750,
		({ route: { method }, address, headers, body, caller }) => ({
			method,
			address: heard.fill(address),
			headers: caller === "nobody" ? headers : { authorization: keys[caller], ...headers },
			body: heard.fill(body),
		}),
		({ input: { route }, status, type, reply }) => {
			if (status < 300 && type.startsWith("application/json")) heard.hear(route.path, JSON.parse(reply));
		},
	);
	expectNone(outcomes.filter(({ input, status }) => status >= 500 || !(status in input.route.operation.responses)));
	expectNone(outcomes.filter(wrongly));
	const done = new Set(outcomes.filter((each) => !refused(each)).map(({ input }) => input.route));
	const never = routes.filter((route) => !done.has(route)).map(({ method, path }) => `${method} ${path}`);
	expect(never.length, `never done: ${never.join()}`).toBeLessThan(5);
	expect(await collector.drift()).toEqual([]);
});

test("450 bent forms of the owner's pages: none is a 500, and none that is refused writes anything", async () => {
	const sessions = [await logInTo(collector, collector.site, "/app/settings"), await logInTo(collector, "operator")] as const;
	await sessions[1].post("/app/sites/open", { site: collector.site.id });
	const own = await ownKeys();
	const forms: { readonly cookie: string; readonly form: PageForm }[] = [];
	for (const session of sessions)
		for (const form of await formsOf(session))
			if (!/\/(logout|open|login)$/.test(form.action) && !own.some((id) => form.action.includes(id)))
				forms.push({ cookie: session.cookie, form });

	const sendForms = (those: typeof forms, count: number) => {
		const inputs = those.map(({ cookie, form }) => ({
			weight: form.method === "post" ? 3 : 1,
			arbitrary: fc.tuple(fc.constant({ cookie, form }), bent(fc.constant(Object.fromEntries(form.fields))), oddHeaders),
		}));
		return sendAll(collector.url, fc.oneof(...inputs), count, ([{ cookie, form }, fields, odd]) => {
			const texts = Object.entries(Object(fields)).map(([name, value]) => [name, textOf(value)]);
			const said = new URLSearchParams(texts).toString();
			if (form.method === "get") return { method: "GET", address: `${form.action}?${said}`, headers: { cookie, ...odd } };
			const headers = { cookie, origin: collector.url, "content-type": "application/x-www-form-urlencoded", ...odd };
			return { method: "POST", address: form.action, headers, body: said };
		});
	};
	// What takes things away comes last.
	const takesAway = ({ form }: (typeof forms)[number]) => /\/(end|erase|delete|undo)$/.test(form.action);
	const outcomes = await sendForms(
		forms.filter((form) => !takesAway(form)),
		360,
	);
	outcomes.push(...(await sendForms(forms.filter(takesAway), 90)));
	const named: readonly number[] = [200, 303, ...Object.values(PROBLEM_CODES).map(({ status }) => status)];
	expectNone(outcomes.filter(({ status }) => status >= 500 || !named.includes(status)));
	expectNone(outcomes.filter(wrongly));
	expect(outcomes.filter(({ status }) => status === 303).length).toBeGreaterThan(100);
	for (const { get } of sessions) expect((await get("/app/settings")).status).toBe(200);
	expect(await collector.drift()).toEqual([]);
});

const textOf = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/** Every row there is, by table, as a hash of them. */
async function contents(): Promise<Record<string, string>> {
	const { db } = collector;
	const tables = await db
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
		.all<{ name: string }>();
	const names = tables.results.map(({ name }) => name);
	const rows = await db.batch(names.map((name) => db.prepare(`SELECT * FROM "${name}"`)));
	const hashes = rows.map(({ results }) => createHash("sha256").update(JSON.stringify(results)).digest("hex"));
	return Object.fromEntries(names.map((name, i) => [name, hashes[i] ?? ""]));
}

/** The key that the owner's requests come with: it is to stay. */
async function ownKeys(): Promise<string[]> {
	const { keys } = await (await collector.owner("/v1/keys")).json();
	return keys.filter(({ name }: { name: string }) => name === "First key").map(({ id }: { id: string }) => id);
}

/** Makes some of everything that an owner and an operator can name, and has it heard of. */
async function fill(heard: HeardNames): Promise<void> {
	const now = Date.now();
	const { site, db } = collector;
	await loadAsks(db, { id: site.id, timezone: "Europe/Rome" }, madeUpAsks(300, 30, 1, now));
	await send("PATCH", "/v1/surveys/csat", { share_score: true });
	const webhook = { kind: "webhook", name: "Ours", settings: { url: target.url }, events: ["answer.scored"] };
	const made = await (await send("POST", "/v1/webhooks", webhook)).json();
	for (const route of routes)
		if (route.method === "POST" && !route.path.includes("{") && route.operation.security.some((one) => "owner" in one))
			for (const example of examplesOf(route, document))
				for (let i = 0; i < 5; i++) {
					const reply = await send("POST", route.path, example);
					// The answer of the example of a case is none of this site's; of most things there is one of a name, or so many.
					expect([200, 201, 404, 409], `${route.path} takes its own example`).toContain(reply.status);
					heard.hear(route.path, await reply.json());
				}
	const signed = Array.from({ length: 120 }, (_, i) =>
		queuedRevision(now, { verified: true, survey: "csat", score: 1 + (i % 5), customer: `c-${i % 20}`, transaction: `t-${i}` }),
	);
	await collector.deliver(
		"afterword-ingest",
		signed.map((revision) => ({ site: site.id, revision })),
		now,
	);
	for (const minutes of [3, 5]) await collector.minute(now + minutes * 60_000);
	const letters = Array.from({ length: 20 }, (_, i) => `letter ${i}`);
	await collector.deliver("afterword-dead", letters, now);
	for (const path of ["/v1/responses", "/v1/cases", "/v1/keys", `/v1/webhooks/${made.webhook.id}/deliveries`])
		heard.hear(path, await (await collector.owner(path)).json());
	heard.hear("/v1/dead-letters", await (await collector.operator("/v1/dead-letters")).json());
}
