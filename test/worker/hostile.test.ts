import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { SHOP, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { PUBLIC } from "../harness/public-routes.ts";

/** A stranger has the site's public key, any browser or none, and time. Everything here is done with that and nothing else. */
let collector: TestCollector;
let signer: Signer;
/** Another site, which belongs to the stranger: with a key, a secret and signed orders of its own. */
let own: TestSite;
let ownSigner: Signer;
const BUYER = { transaction: "SECRET-1001", customer: "ann.secret@example.com", comment: "My secret words" };
let buyers: Ask;

const patch = (settings: object) => collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify(settings) });

async function signing(site: TestSite): Promise<Signer> {
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
	return { site: site.publicKey, kid: made.secret.kid, secret: made.signing_secret };
}

beforeAll(async () => {
	collector = await startCollector();
	own = await collector.makeSite({ name: "The stranger's" });
	[signer, ownSigner] = [await signing(collector.site), await signing(own)];
	const hidden = { slug: "secret-plans", metric: "nps", active: false };
	await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify(hidden) });
	await patch({ segments: { plan: ["secret-tier"] }, origins: [SHOP, "https://secret-staging.example"] });
	const token = tokenOf(signer, BUYER.transaction, BUYER.customer);
	buyers = collector.ask({ score: 10, token, comment: BUYER.comment, segments: { plan: "secret-tier" }, drivers: ["price"] });
	expect((await collector.send(buyers)).status).toBe(201);
	for (let i = 0; i < 35; i++) {
		const ask = collector.ask({ score: i % 11, token: tokenOf(signer, `SECRET-${i}`, `secret-${i}`) });
		expect((await collector.send(ask)).status).toBe(201);
	}
});
afterAll(() => collector.stop());

/** The id under which an ask is stored, listed and exported. */
const storedId = (id: string, { id: site } = collector.site) =>
	createHash("sha256").update(`${site}:${id}`).digest("hex").slice(0, 32);

const everything = async () =>
	(await collector.db.prepare("SELECT * FROM ask WHERE site = ?1 ORDER BY id").bind(collector.site.id).all()).results;
const rowOf = (id: string) =>
	collector.db.prepare("SELECT * FROM ask WHERE site = ?1 AND id = ?2").bind(collector.site.id, id).first();

/** The signatures a stranger can come by, none of which is the buyer's. */
function forgeries(transaction: string): string[] {
	const mine = tokenOf(ownSigner, transaction, BUYER.customer);
	const parts = tokenOf(signer, "SECRET-3", "secret-3").split(".");
	const base64url = (text: string) => Buffer.from(text).toString("base64url");
	return [
		mine,
		mine.replace(own.publicKey, collector.site.publicKey),
		tokenOf({ ...ownSigner, site: signer.site }, transaction),
		tokenOf({ ...ownSigner, site: signer.site, kid: signer.kid }, transaction),
		tokenOf({ ...signer, secret: "" }, transaction),
		tokenOf({ ...signer, secret: signer.kid }, transaction),
		tokenOf({ ...signer, secret: signer.site }, transaction),
		tokenOf({ ...signer, kid: "%" }, transaction),
		// The signature of one order under another, and under the same one with another buyer.
		parts.with(4, base64url(transaction)).join("."),
		parts.with(5, base64url(BUYER.customer)).join("."),
		parts.with(4, `${parts[4]}.${base64url(transaction)}`).join("."),
		parts.with(6, "0".repeat(64)).join("."),
		parts.with(6, "").join("."),
		`${parts.join(".")}\n`,
	];
}

describe("reading", () => {
	test("no reply to anybody holds a word of an answer, an order, a buyer or a setting that is not shown", async () => {
		const { publicKey } = collector.site;
		const replies: Response[] = [];
		for (const survey of ["nps", "csat", "ces", "secret-plans", "constructor", "%2e%2e"])
			for (const query of [
				"",
				"?locale=he",
				"?score=5",
				`?transaction=${BUYER.transaction.slice(7)}`,
				"?verified=all&window=365d",
			])
				for (const path of [`/s/${publicKey}/${survey}`, `/s/${publicKey}/${survey}.js`])
					replies.push(await collector.fetch(path + query));
		for (const build of [".js", ".lazy.js", ".survey.js", ".follow-up.js", ".triggers.js", "/questions.json?wanted=en,he"])
			replies.push(await collector.fetch(`/w/${publicKey}${build}`));
		for (const survey of ["nps", "secret-plans"]) replies.push(await collector.fetch(`/badge/${publicKey}.svg?survey=${survey}`));
		for (const path of ["/openapi.json", "/docs", "/healthz", "/v1/scores", "/v1/responses", "/v1/site", "/demo/"])
			replies.push(await collector.fetch(path, { headers: { origin: SHOP, authorization: `Bearer ${publicKey}` } }));
		for (const [, path = ""] of Array.from(PUBLIC, (route) => route.split("GET ")).filter(([, path]) => path)) {
			const address = new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
			expect([path, replies.some(({ url }) => address.test(new URL(url).pathname))]).toEqual([path, true]);
		}
		const tries: object[] = [
			{},
			{ survey: "nothing" },
			{ survey: "secret-plans", version: 2 },
			{ version: 99 },
			{ transaction: BUYER.transaction },
			{ customer: BUYER.customer },
			{ segments: { plan: "guess", tier: "guess" } },
			{ id: buyers.id.replace(/^./, "0"), survey: "ces", score: 3 },
			...forgeries(BUYER.transaction).map((token) => ({ token })),
		];
		for (const changes of tries) replies.push(await collector.send(collector.ask(changes)));
		for (const origin of ["https://secret", "https://guess.example", "null"])
			replies.push(await collector.send(collector.ask(), { origin }));
		for (const reply of replies) {
			const said = JSON.stringify([...reply.headers]) + (await reply.text());
			expect([reply.url, said.match(/secret-|SECRET-\d|ann\.|secret words|staging/i)?.[0]]).toEqual([reply.url, undefined]);
			expect(said).not.toContain(signer.secret);
		}
	});

	test("to ask about an order that is answered says the same as to ask about one that is not", async () => {
		const say = async (changes: Partial<Ask>) => {
			const reply = await collector.send(collector.ask(changes));
			return [reply.status, await reply.text()];
		};
		for (const rest of [{}, { status: "shown", rev: 0 }, { status: "dismissed" }] as const)
			expect(await say({ ...rest, transaction: BUYER.transaction })).toEqual(await say({ ...rest, transaction: "NOBODY-1" }));
		for (const [i, token] of forgeries(BUYER.transaction).entries())
			expect([i, ...(await say({ token }))]).toEqual([i, ...(await say({ token: forgeries("NOBODY-1")[i] ?? "" }))]);
	});
});

describe("changing what another has answered", () => {
	test("no id that is listed or exported opens an answer, in whatever writing", async () => {
		const listed = (await (await collector.owner("/v1/responses?limit=200")).json()).responses.map(
			({ id }: { id: string }) => id,
		);
		expect(listed).toContain(storedId(buyers.id));
		const asUuid = (hex: string) =>
			`${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
		const before = await everything();
		for (const id of listed
			.slice(0, 10)
			.flatMap((hex: string) => [hex, asUuid(hex), asUuid(hex).toUpperCase(), `{${asUuid(hex)}}`, storedId(hex)]))
			await collector.send(collector.ask({ id, rev: 900, score: 0, comment: "Taken over" }));
		const kept = new Map((await everything()).map((row) => [row["id"], row]));
		for (const row of before) expect(kept.get(row["id"])).toEqual(row);
	});

	test("the same id at another site, and at this one in capitals by the buyer, are what they seem", async () => {
		const before = await rowOf(storedId(buyers.id));
		const elsewhere = { ...collector.ask({ id: buyers.id, rev: 900, score: 0 }), site: own.publicKey };
		expect((await collector.send(elsewhere)).status).toBe(201);
		expect(await rowOf(storedId(buyers.id))).toEqual(before);
		const again = await collector.send({ ...buyers, id: buyers.id.toUpperCase() });
		expect(await again.json()).toEqual({ status: "duplicate" });
	});

	test("guesses next to an id change no answer", async () => {
		const before = await everything();
		const near = Array.from({ length: 100 }, (_, i) => buyers.id.slice(0, -2) + (i + 16).toString(16).padStart(2, "0"));
		for (const id of near.filter((id) => id !== buyers.id)) await collector.send(collector.ask({ id, rev: 1_000, score: 0 }));
		const kept = new Map((await everything()).map((row) => [row["id"], row]));
		for (const row of before) expect(kept.get(row["id"])).toEqual(row);
	});
});

describe.for(["prefer", "require"])("in a site that says %s", (mode) => {
	beforeAll(async () => {
		expect((await patch({ token_mode: mode })).status).toBe(200);
	});

	test("nobody who lacks the shop's signature keeps a buyer from answering, before or after", async () => {
		const order = `lock-${mode}`;
		const strike = async () => {
			for (const token of [undefined, ...forgeries(order)])
				for (const rest of [{ status: "shown", rev: 0 }, { status: "dismissed" }, { score: 0 }] as const)
					await collector.send(collector.ask({ ...rest, transaction: order, ...(token === undefined ? {} : { token }) }));
		};
		await strike();
		const answer = collector.ask({ token: tokenOf(signer, order, "the-buyer"), score: 9 });
		expect(await (await collector.send(answer)).json()).toEqual({ status: "stored" });
		await strike();
		expect(await (await collector.send({ ...answer, rev: 2, score: 8 })).json()).toEqual({ status: "stored" });
		const { results } = await collector.db
			.prepare(`SELECT id, score, customer FROM ask WHERE "transaction" = ?1 AND verified = 1`)
			.bind(order)
			.all();
		expect(results).toEqual([{ id: storedId(answer.id), score: 8, customer: "the-buyer" }]);
	});

	test("no unsigned or forged answer moves the verified score, nor anything that is read beside it", async () => {
		const read = async () => {
			const texts: string[] = [];
			for (const path of [
				"/v1/scores?window=7d",
				"/v1/scores/series?survey=nps&window=7d",
				"/v1/segments?key=plan&survey=nps",
				"/v1/drivers?survey=nps",
				"/v1/silence?survey=nps",
			])
				texts.push(await (await collector.owner(path)).text());
			return texts;
		};
		const before = await read();
		expect(
			JSON.parse(before[0] ?? "").scores.find(({ survey }: { survey: string }) => survey === "nps").responses,
		).toBeGreaterThan(30);
		for (const token of [undefined, ...forgeries("SECRET-NEW"), tokenOf(ownSigner, "x")])
			for (const rest of [{ score: 0 }, { status: "shown", rev: 0 }, { status: "dismissed" }] as const) {
				const reply = await collector.send(
					collector.ask({ ...rest, segments: { plan: "secret-tier" }, ...(token === undefined ? {} : { token }) }),
				);
				expect(reply.status).toBe(mode === "require" ? 401 : 201);
			}
		expect(await read()).toEqual(before);
		expect(await collector.drift()).toEqual([]);
	});
});

describe("writing somebody into the merchant's books", () => {
	beforeAll(async () => {
		await patch({ token_mode: "prefer" });
	});

	/** What leaves the site about answers of one customer's name: by name, in the list, and in both files. */
	async function told(customer: string) {
		const { responses } = await (await collector.owner("/v1/responses?limit=200")).json();
		const lines = (await (await collector.owner("/v1/responses.ndjson")).text()).trim().split("\n");
		const files = lines.map((line) => JSON.parse(line));
		const named = (list: { customer: string | null }[]) => list.filter((one) => one.customer === customer).length;
		return [(await collector.owner(`/v1/customers/${customer}`)).status, named(responses), named(files)];
	}

	test("a customer whom no signature names is nowhere a customer, and where it is told it is told as claimed", async () => {
		const customer = "mallory@example.com";
		await collector.send(collector.ask({ customer, transaction: "claimed-1" }));
		for (const token of forgeries("claimed-2")) await collector.send(collector.ask({ customer, token }));
		// Signed for one customer and claimed for another; then an edit of one's own signed answer that leaves the signature out.
		const signed = collector.ask({ token: tokenOf(signer, "claimed-3", "the-stranger"), customer });
		await collector.send(signed);
		const { token: _, ...unsigned } = signed;
		await collector.send({ ...unsigned, rev: 2, transaction: "claimed-3" });
		await collector.send({ ...collector.ask({ token: tokenOf(signer, "claimed-4"), customer }) });
		expect(await told(customer)).toEqual([404, 0, 0]);
		const { responses } = await (await collector.owner("/v1/responses?limit=200")).json();
		const claims = responses.filter((one: { claimed_customer: string | null }) => one.claimed_customer === customer);
		expect(claims.length).toBeGreaterThan(3);
		for (const claim of claims) expect([claim.verified, claim.customer]).toEqual([false, null]);
		const csv = (await (await collector.owner("/v1/responses.csv")).text()).split("\r\n");
		const column = (name: string) => csv[0]?.split(",").indexOf(`"${name}"`) ?? -1;
		const rows = csv.filter((line) => line.includes(customer)).map((line) => line.split(","));
		expect(rows.length).toBe(claims.length);
		for (const row of rows) expect([row[column("customer")], row[column("claimed_customer")]]).toEqual(["", `"${customer}"`]);
	});

	test("a name that a spreadsheet would run stays text", async () => {
		for (const customer of ['=HYPERLINK("https://evil.example")', "@SUM(A1)", "+1", "-1", "\uFF1D1"])
			await collector.send(collector.ask({ id: randomUUID(), customer }));
		const csv = await (await collector.owner("/v1/responses.csv")).text();
		for (const run of ['"=', '"@', '"+', '"-', '"\uFF1D']) expect(csv).not.toContain(run);
		expect(csv).toContain("'=HYPERLINK");
	});
});
