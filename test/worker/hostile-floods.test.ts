import { createHash, randomUUID } from "node:crypto";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

const AT_ONCE = 12;
const SECOND = 1_000;

/** A flood: how many of so many requests were taken, and the windows of ten seconds and of a minute in which it came. */
interface Flood {
	readonly taken: number;
	readonly tens: number;
	readonly minutes: number;
	readonly refused: number;
}

async function flood(count: number, request: (i: number) => Promise<Response>): Promise<Flood> {
	const from = Date.now();
	const statuses: number[] = [];
	const sender = async (n: number) => {
		for (let i = n; i < count; i += AT_ONCE) {
			const reply = await request(i);
			await reply.arrayBuffer();
			statuses.push(reply.status);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => sender(n)));
	const windows = (ms: number) => Math.floor(Date.now() / ms) - Math.floor(from / ms) + 1;
	const of = (...wanted: number[]) => statuses.filter((status) => wanted.includes(status)).length;
	expect(of(200, 201, 429)).toBe(count);
	return { taken: of(200, 201), refused: of(429), tens: windows(10 * SECOND), minutes: windows(60 * SECOND) };
}

const rows = async (site: TestSite) =>
	Number((await collector.db.prepare("SELECT count(*) AS n FROM ask WHERE site = ?1").bind(site.id).first())?.["n"]);

const from = (address: string) => ({ "cf-connecting-ip": address });
const askOf = (site: TestSite, changes: object = {}) => ({
	...collector.ask({ id: randomUUID() }),
	site: site.publicKey,
	...changes,
});

test.for([
	["first revisions", () => ({})],
	["showings", () => ({ rev: 0, status: "shown", score: undefined })],
	["what claims to be an edit", (i: number) => ({ rev: 2 + (i % 999) })],
	["a mixture", (i: number) => ({ rev: i % 4, age_ms: i * 1_000_000 })],
] as const)("one address fills a site no faster than sixty asks in ten seconds: %s", async ([, changes]) => {
	const site = await collector.makeSite();
	const { taken, tens, refused } = await flood(150, (i) => collector.send(askOf(site, changes(i)), from("203.0.113.1")));
	expect(refused).toBeGreaterThan(0);
	expect(taken).toBeLessThanOrEqual(60 * tens);
	expect(await rows(site)).toBe(taken);
});

test("many addresses fill a site no faster than six hundred asks in a minute, whatever they claim to be", async () => {
	const site = await collector.makeSite();
	const { taken, minutes } = await flood(700, (i) =>
		collector.send(askOf(site, { rev: i % 2 ? 1 : 7 }), from(`198.18.10.${Math.floor(i / 40)}`)),
	);
	expect(taken).toBeGreaterThan(500);
	expect(taken).toBeLessThanOrEqual(600 * minutes);
	expect(await rows(site)).toBe(taken);
}, 180_000);

test("one address sends to ten sites no more than six hundred requests in a minute, whatever they are", async () => {
	const sites: TestSite[] = [];
	for (let i = 0; i < 10; i++) sites.push(await collector.makeSite());
	const { taken, minutes } = await flood(700, (i) =>
		collector.send(askOf(sites[i % 10] ?? collector.site, { rev: i % 3 }), from("203.0.113.2")),
	);
	expect(taken).toBeLessThanOrEqual(600 * minutes);
	let stored = 0;
	for (const site of sites) stored += await rows(site);
	expect(stored).toBe(taken);
}, 180_000);

test("edits add no row, however many", async () => {
	const site = await collector.makeSite();
	const ask = askOf(site);
	expect((await collector.send(ask, from("203.0.113.3"))).status).toBe(201);
	await flood(100, (i) => collector.send({ ...ask, rev: i + 2, comment: `Edit ${i}` }, from("203.0.113.3")));
	expect(await rows(site)).toBe(1);
	expect(await collector.drift()).toEqual([]);
});

test("an edit of an ask that another isolate took counts as an edit", async () => {
	const site = await collector.makeSite();
	await collector.send(askOf(site));
	const row = Object(await collector.db.prepare("SELECT * FROM ask WHERE site = ?1").bind(site.id).first());
	const columns = Object.keys(row).map((name) => `"${name}"`);
	const copied = columns.map((name) => (name === '"id"' ? "?2" : name));
	const ids = Array.from({ length: 70 }, () => randomUUID());
	for (const id of ids) {
		const storedId = createHash("sha256").update(`${site.id}:${id}`).digest("hex").slice(0, 32);
		const copy = `INSERT INTO ask (${columns.join(", ")}) SELECT ${copied.join(", ")} FROM ask WHERE site = ?1 AND id = ?3`;
		await collector.db.prepare(copy).bind(site.id, storedId, row.id).run();
	}
	const statuses = new Set<number>();
	for (const id of ids) statuses.add((await collector.send(askOf(site, { id, rev: 2 }), from("203.0.113.4"))).status);
	expect(statuses).toEqual(new Set([201]));
	expect(await rows(site)).toBe(71);
});

test("whoever has bought once does not fill the site with showings of that order; seventy buyers at one address pass", async () => {
	const site = await collector.makeSite();
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
	const signer: Signer = { site: site.publicKey, kid: made.secret.kid, secret: made.signing_secret };
	const token = tokenOf(signer, "bought-once");
	const shown = { rev: 0, status: "shown", score: undefined };
	const { taken, minutes } = await flood(150, (i) =>
		collector.send(askOf(site, { ...shown, token }), from(`198.18.40.${i % 30}`)),
	);
	expect(taken).toBeLessThanOrEqual(60 * minutes);
	expect(await rows(site)).toBe(taken);
	const buyers = await flood(70, (i) =>
		collector.send(askOf(site, { token: tokenOf(signer, `buyer-${i}`) }), from("203.0.113.5")),
	);
	expect(buyers).toMatchObject({ taken: 70, refused: 0 });
});

test("made-up keys by the thousand do not make the Worker forget the sites there are", async () => {
	const site = await collector.makeSite();
	await collector.send(askOf(site));
	const alone = (await collector.send(askOf(site))).headers.get("x-rows-read");
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	const keys = Array.from({ length: 1_100 }, (_, i) => {
		const body = `aw_pub_${String(i).padStart(16, "0")}`;
		let rest = crc32(body);
		let sum = "";
		for (let n = 0; n < 6; n++, rest = Math.floor(rest / 62)) sum = digits[rest % 62] + sum;
		return body + sum;
	});
	for (let i = 0; i < keys.length; i += 50) {
		const replies = await Promise.all(keys.slice(i, i + 50).map((key) => collector.fetch(`/w/${key}.triggers.js`)));
		expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([404]));
	}
	expect((await collector.send(askOf(site))).headers.get("x-rows-read")).toBe(alone);
});
