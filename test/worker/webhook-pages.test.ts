import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { WebhookView } from "../../shared/webhook-contract.ts";
import { KINDS } from "../../worker/dashboard/webhooks/kinds.ts";
import { DESTINATIONS } from "../../worker/deliver/destinations.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";
import { startTarget, type Target } from "../harness/target.ts";

let collector: TestCollector;
let target: Target;
let site: TestSite;
let owner: OwnerSession;
beforeAll(async () => {
	collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
afterAll(() => collector.stop());
beforeEach(async () => {
	[site, target] = await Promise.all([collector.makeSite(), startTarget()]);
	owner = await logInTo(collector, site, "/app/webhooks/new/webhook");
});
afterEach(() => target.stop());

const webhooks = async (): Promise<WebhookView[]> => (await (await collector.owner("/v1/webhooks", {}, site)).json()).webhooks;

const form = (changes: Readonly<Record<string, string>> = {}) =>
	new URLSearchParams({
		name: "Our server",
		"settings-url": `${target.url}/in`,
		events: "answer.scored",
		comments: "off",
		...changes,
	});

/** Adds a webhook as its form does. */
async function added(changes: Readonly<Record<string, string>> = {}): Promise<WebhookView> {
	expect((await owner.post("/app/webhooks/new/webhook", form(changes))).status).toBe(200);
	const found = (await webhooks()).at(-1);
	if (!found) throw new Error("Nothing was added");
	return found;
}

/** The text of a page, its tags as bars. */
const shown = async (path: string) =>
	(await (await owner.get(path)).text()).replace(/<[^>]+>/g, "|").replace(/[|\s]*\|[|\s]*/g, "|");

test("every kind that an owner can make has words for each of its fields, and no others", () => {
	for (const { kind, settings, credentials } of DESTINATIONS) {
		if (kind === "hook") continue;
		const needed = (part: string, schema: object) =>
			"shape" in schema && !(kind === "webhook" && part === "credentials")
				? Object.keys(Object(schema.shape)).map((name) => `${part}.${name}`)
				: [];
		const said = KINDS[kind]?.fields.map(({ part, name }) => `${part}.${name}`);
		expect([kind, said]).toEqual([kind, [...needed("settings", settings), ...needed("credentials", credentials)]]);
	}
});

test("the form makes what the API would, and shows the secret once", async () => {
	const sent = form({ comments: "on", "filter-segments": "device:phone\n\n device:tablet " });
	for (const [name, value] of [
		["events", "case.opened"],
		["filter-surveys", "nps"],
		["filter-groups", "detractors"],
	] as const)
		sent.append(name, value);
	const page = await (await owner.post("/app/webhooks/new/webhook", sent)).text();
	const [secret = ""] = /whsec_[A-Za-z0-9+/]{43}=/.exec(page) ?? [];
	const [made] = await webhooks();
	expect(made).toMatchObject({
		name: "Our server",
		settings: { url: `${target.url}/in` },
		events: ["answer.scored", "case.opened"],
		filter: { surveys: ["nps"], groups: ["detractors"], segments: ["device:phone", "device:tablet"] },
		comments: true,
		hint: secret.slice(-4),
	});
	for (const path of ["/app/webhooks", `/app/webhooks/${made?.id}`, `/app/webhooks/${made?.id}/edit`])
		expect([path, (await (await owner.get(path)).text()).includes(secret)]).toEqual([path, false]);
	expect(await shown(`/app/webhooks/${made?.id}`)).toMatch(
		/\|Our server\|.*\|active\|.*\|Told\|A new answer, A case was opened\|Only\|nps\|,\|Detractors \(NPS 0–6\)\|,\|Device: Phone\|,\|Device: Tablet\|Comments\|are sent along\|/,
	);
});

test("which digests is chosen in the form, and means something where they are told", async () => {
	const page = await (await owner.get("/app/webhooks/new/webhook")).text();
	expect(page).toMatch(/<select[^>]*name="filter-digest"[^>]*>.*<option value="weekly" selected[^>]*>Weekly<\/option>/);
	const { id, filter } = await added({ events: "digest", "filter-digest": "both" });
	expect(filter).toEqual({ digest: "both" });
	expect(await shown(`/app/webhooks/${id}`)).toContain("|Digests|Weekly and monthly|");
	const again = await (await owner.get(`/app/webhooks/${id}/edit`)).text();
	expect(again).toMatch(/<option value="both" selected/);
	const wrong = await owner.post(`/app/webhooks/${id}/edit`, form({ events: "digest", "filter-digest": "daily" }));
	expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('id="f-filter-digest-fault"')]);
	await owner.post(`/app/webhooks/${id}/edit`, form({ "filter-digest": "monthly" }));
	expect(await webhooks()).toMatchObject([{ events: ["answer.scored"], filter: {} }]);
	expect(await shown(`/app/webhooks/${id}`)).not.toContain("|Digests|");
});

test("what is wrong stands beside its field, with what was typed, and nothing is kept", async () => {
	const reply = await owner.post(
		"/app/webhooks/new/webhook",
		form({ name: "Mine", "settings-url": "https://10.0.0.1/", "filter-segments": "phone" }),
	);
	const page = await reply.text();
	expect(reply.status).toBe(400);
	expect(page).toMatch(
		/id="f-settings-url"[^>]*aria-invalid="true"[^>]*value="https:\/\/10\.0\.0\.1\/"|value="https:\/\/10\.0\.0\.1\/"/,
	);
	expect(page).toContain('id="f-filter-segments-fault"');
	const undeclared = form({ "filter-segments": "device:phone\nplan:gold" });
	expect(await (await owner.post("/app/webhooks/new/webhook", undeclared)).text()).toMatch(
		/id="f-filter-segments-fault">Must name one of channel, locale, device, delay\./,
	);
	const again = await (await owner.post("/app/webhooks/new/webhook", form({ "settings-url": "https://10.0.0.1/" }))).text();
	expect(again).toContain("Must name a host, not an IP address.");
	expect(again).toMatch(/<input[^>]*name="events" value="answer.scored" checked/);
	expect(await webhooks()).toEqual([]);
	expect((await owner.get("/app/webhooks/new/hook")).status).toBe(404);
	expect((await owner.get("/app/webhooks/new/pigeon")).status).toBe(404);
	expect(await shown("/app/webhooks/new/pigeon")).toContain("|What was asked for must be a kind of place that is offered.|");
});

test("a credential that was typed is in no page, also where something else was wrong", async () => {
	const credentials = "made-up-token-0000";
	const typed = form({ "credentials-token": credentials, "filter-segments": "phone" });
	const refused = await owner.post("/app/webhooks/new/hubspot", typed);
	const page = await refused.text();
	expect([refused.status, page.includes('id="f-filter-segments-fault"')]).toEqual([400, true]);
	expect(page).not.toContain(credentials);
	typed.delete("filter-segments");
	expect((await owner.post("/app/webhooks/new/hubspot", typed)).status).toBe(303);
	const [made] = await webhooks();
	for (const path of ["", "/edit"])
		expect(await (await owner.get(`/app/webhooks/${made?.id}${path}`)).text()).not.toContain(credentials);
});

test("a place is changed, paused, resumed, rotated and deleted, each by a form, the last two after a question", async () => {
	const { id } = await added();
	const at = `/app/webhooks/${id}`;
	const posted = async (path: string, sent = {}) => {
		const reply = await owner.post(at + path, sent);
		return [reply.status, reply.headers.get("location")];
	};
	expect(await posted("/edit", form({ name: "Till" }))).toEqual([303, `${at}?done=changed`]);
	expect(await posted("/pause")).toEqual([303, `${at}?done=paused`]);
	expect(await shown(`${at}?done=paused`)).toMatch(/\|Till\|.*\|Paused: nothing new is told there\.\|.*\|paused\|/);
	expect(await posted("/resume")).toEqual([303, `${at}?done=resumed`]);
	expect(await webhooks()).toMatchObject([{ name: "Till", active: true }]);
	expect(await shown(`${at}/rotate`)).toContain("Rotate the secret of “\u2068Till\u2069”?");
	const rotated = await (await owner.post(`${at}/rotate`)).text();
	expect(rotated).toMatch(/whsec_[A-Za-z0-9+/]{43}=/);
	expect(await shown(`${at}/delete`)).toContain("This cannot be undone.");
	expect(await posted("/delete")).toEqual([303, "/app/webhooks"]);
	expect(await webhooks()).toEqual([]);
	expect((await owner.get(at)).status).toBe(404);
});

test("a test is sent by a button, and the page says what came of it", async () => {
	const { id } = await added();
	target.reply((response) => response.writeHead(200).end());
	const reply = await owner.post(`/app/webhooks/${id}/test`);
	const location = reply.headers.get("location") ?? "";
	expect([reply.status, location]).toEqual([303, expect.stringMatching(new RegExp(`^/app/webhooks/${id}\\?test=msg_\\w{24}$`))]);
	await expect.poll(() => shown(location), { timeout: 20_000 }).toMatch(/\|The test arrived, within [\d.]+ ?\w+\.\|/);
	target.reply((response) => response.writeHead(500).end());
	const again = (await owner.post(`/app/webhooks/${id}/test`)).headers.get("location") ?? "";
	await expect
		.poll(() => shown(again), { timeout: 20_000 })
		.toContain("The test did not arrive. The target answered 500. It is tried again by itself.");
	expect(await shown(`/app/webhooks/${id}`)).toMatch(/\|It has failed since [^|]+\. It is tried again by itself\.\|/);
	target.reply((response) => response.writeHead(200).end());
});

test("the log tells what the API tells; one is sent again, and all that were given up", async () => {
	expect(await shown("/app/webhooks")).toContain("E-mail is offered once the operator has set it up");
	const { id } = await added();
	await owner.post(`/app/webhooks/${id}/pause`);
	await collector.db
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
			INSERT INTO delivery (site, id, endpoint, type, subject, body, state, created_at, due_at, attempts, ended_at)
			SELECT ?1, 'msg_' || i || ?2, ?2, 'case.opened', 'abc', '{"data":{"comment":"<b>Slow</b>"}}', iif(i <= 3, 'dead', 'delivered'), ?3 + i, ?3,
				iif(i = 1, ?4, '[]'), ?3 FROM n`,
		)
		.bind(
			site.id,
			id,
			Date.now() - 60_000,
			JSON.stringify([
				{ at: "2026-11-22T09:00:00.000Z", outcome: "failed", status: 503, reason: "The target answered 503", ms: 1234 },
			]),
		)
		.run();
	const all = await shown(`/app/webhooks/${id}`);
	expect(all).toMatch(/\|pending 0\|delivered 27\|given up 3\|/);
	expect(all.match(/\|A case was opened\|/g)).toHaveLength(25);
	const html = await (await owner.get(`/app/webhooks/${id}`)).text();
	const [, older = ""] = /href="([^"]*cursor=[^"]*)"/.exec(html) ?? [];
	expect((await shown(older.replaceAll("&amp;", "&"))).match(/\|A case was opened\|/g)).toHaveLength(5);
	expect(await shown(`/app/webhooks/${id}?state=dead`)).toMatch(/\|given up\|[^|]+\|The target answered 503\|/);
	const one = await shown(`/app/deliveries/msg_1${id}`);
	expect(one).toMatch(/\|The target answered 503\|503\|1\.2 secs?\|/);
	expect(one).toContain("&lt;b&gt;Slow&lt;/b&gt;");
	const replayed = await owner.post(`/app/deliveries/msg_1${id}/replay`);
	expect([replayed.status, replayed.headers.get("location")]).toEqual([303, `/app/deliveries/msg_1${id}?done=again`]);
	const sentAgain = () => shown(`/app/deliveries/msg_1${id}?done=again`);
	expect(await sentAgain()).toContain("|It is sent again once its place is resumed.|");
	const active = (on: 0 | 1) => collector.db.prepare("UPDATE endpoint SET active = ?2 WHERE id = ?1").bind(id, on).run();
	await active(1);
	expect(await sentAgain()).toContain("|It is sent again within a minute.");
	await active(0);
	const rest = await owner.post(`/app/webhooks/${id}/replay`);
	expect(rest.headers.get("location")).toBe(`/app/webhooks/${id}?replayed=2`);
	expect(await shown(`/app/webhooks/${id}?replayed=2`)).toContain("2 are sent again.");
	expect(await webhooks()).toMatchObject([{ deliveries: { pending: 3, delivered: 27, dead: 0 } }]);
	const { secret_key: secretKey } = await (
		await collector.owner(
			"/v1/keys",
			{ method: "POST", body: JSON.stringify({ name: "Plumber", scopes: ["webhooks:write", "scores:read"] }) },
			site,
		)
	).json();
	const plumber = await logInTo(collector, { ...site, secretKey }, `/app/webhooks/${id}`);
	const seen = await (await plumber.get(`/app/deliveries/msg_1${id}`)).text();
	expect([seen.includes("Slow"), seen.includes("Shown to a key that may read answers.")]).toEqual([false, true]);
});
