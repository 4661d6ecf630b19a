import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { DESTINATIONS } from "../../worker/deliver/destinations.ts";
import { sendFrom } from "../../worker/deliver/send.ts";
import { FINE, FORBIDDEN } from "../harness/addresses.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { ONE_OF_EACH } from "../harness/events.ts";

const OWN = "https://feedback.shop-of-ann.com";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

/** How an endpoint of each kind that names an address is made: by what request, and what the field is called in it. */
const MADE: Readonly<Record<string, (url: string) => readonly [path: string, body: object, field: string]>> = {
	webhook: (url) => ["/v1/webhooks", { ...DECLARED, kind: "webhook", settings: { url } }, "settings.url"],
	slack: (url) => ["/v1/webhooks", { ...DECLARED, kind: "slack", settings: {}, credentials: { url } }, "credentials.url"],
	hook: (url) => ["/v1/hooks", { targetUrl: url, event: "answer.scored" }, "targetUrl"],
};
const DECLARED = { name: "x", events: ["answer.scored"] };

/** Makes one, of a Worker that is called `host`. */
async function made(kind: string, url: string, host = "") {
	const [path, body, field] = MADE[kind]?.(url) ?? [];
	const reply = await collector.owner(`${path}`, {
		method: "POST",
		headers: { "x-test-name": host },
		body: JSON.stringify(body),
	});
	return { status: reply.status, text: await reply.text(), field };
}

/** Whether the way out would go there. The platform's own fetch is not reached where it would not. */
async function refusedAtSending(url: string, origin = OWN): Promise<boolean> {
	const own = globalThis.fetch;
	let reached = false;
	globalThis.fetch = async () => {
		reached = true;
		return new Response("ok");
	};
	try {
		await sendFrom(origin, false)(url, { headers: {} });
	} catch (error) {
		if (!(error instanceof Error) || !error.message.startsWith("The address ")) throw error;
		expect(reached).toBe(false);
		return true;
	} finally {
		globalThis.fetch = own;
	}
	return false;
}

test("each kind that names an address is among those that are tried here", () => {
	const naming = DESTINATIONS.filter(({ settings, credentials }) =>
		[settings, credentials].some((schema) =>
			Object.keys(Object(z.toJSONSchema(schema)).properties).some((name) => /url$/.test(name)),
		),
	);
	expect(naming.map(({ kind }) => kind).sort()).toEqual(Object.keys(MADE).sort());
});

test("addresses of the public internet are taken", async () => {
	for (const url of FINE) {
		for (const kind of ["webhook", "hook"]) expect([url, (await made(kind, url)).status]).toEqual([url, 201]);
		await collector.db.prepare("DELETE FROM endpoint").run();
		expect([url, await refusedAtSending(url)]).toEqual([url, false]);
	}
});

test.each(Object.keys(MADE))(
	"%s: every other form is refused when it is saved, with its field and without a repetition",
	async (kind) => {
		for (const url of FORBIDDEN) {
			const { status, text, field } = await made(kind, url);
			expect([url, status, JSON.parse(text).field]).toEqual([url, 400, field]);
			if (url.length > 12) expect(text).not.toContain(url);
		}
		expect((await collector.db.prepare("SELECT count(*) AS n FROM endpoint").first())?.["n"]).toBe(0);
	},
);

test("a change is held to the same", async () => {
	const { webhook } = JSON.parse((await made("webhook", "https://hooks.shop-of-ann.com/")).text);
	for (const url of FORBIDDEN.slice(0, 40)) {
		const body = JSON.stringify({ settings: { url } });
		const reply = await collector.owner(`/v1/webhooks/${webhook.id}`, { method: "PATCH", body });
		expect([url, reply.status, (await reply.json()).field]).toEqual([url, 400, "settings.url"]);
	}
});

/** The Worker's own, whatever the case and the dots. */
const OURS = [`${OWN}/v1/responses`, "https://FEEDBACK.shop-of-ann.com./", `${OWN}/`];

test("the Worker's own host is refused when it is saved, and another of its domain is not", async () => {
	const { host } = new URL(OWN);
	for (const kind of ["webhook", "hook"]) {
		for (const url of OURS) {
			const { status, text, field } = await made(kind, url, host);
			expect([url, status, JSON.parse(text)]).toMatchObject([
				url,
				400,
				{ field, detail: `${field}: must not be the address of this Worker` },
			]);
		}
		expect((await made(kind, "https://other.shop-of-ann.com/", host)).status).toBe(201);
	}
});

test("whatever is refused when it is saved is refused when it is sent", async () => {
	for (const url of [...FORBIDDEN, ...OURS]) expect([url, await refusedAtSending(url)]).toEqual([url, true]);
	expect(await refusedAtSending("https://other.shop-of-ann.com/")).toBe(false);
});

test.each(["webhook", "hook"])("%s: one whose address has become forbidden is sent nothing at its next attempt", async (kind) => {
	await collector.db.prepare("DELETE FROM endpoint").run();
	const { text } = await made(kind, "https://hooks.shop-of-ann.com/", new URL(OWN).host);
	const { id } = JSON.parse(text).webhook ?? JSON.parse(text);
	const { db, site } = collector;
	await db
		.prepare(
			"INSERT INTO delivery (site, id, endpoint, type, subject, body, created_at, due_at) SELECT site, 'one', id, 'test', 'one', ?1, 0, 0 FROM endpoint",
		)
		.bind(JSON.stringify(ONE_OF_EACH.test))
		.run();
	// What is neither too short nor too long to be kept at all.
	for (const url of [...FORBIDDEN, ...OURS].filter(({ length }) => length > 0 && length <= 2_048)) {
		// Its last attempt but one: the next is a day away, so that nothing calls for it but this test.
		await db.prepare("UPDATE delivery SET state = 'pending', tries = 8, due_at = 0, attempts = '[]', ended_at = NULL").run();
		await db
			.prepare("UPDATE endpoint SET settings = ?1, next_at = 0, leased_until = NULL, failing_since = NULL, paused_until = NULL")
			.bind(JSON.stringify({ url }))
			.run();
		const call = { place: { id: site.id, shard: "DB" }, endpoint: id, calledAt: 0 };
		await collector.deliver("afterword-deliver", [call], Date.now());
		const { attempts } = (await db.prepare("SELECT attempts FROM delivery").first<{ attempts: string }>()) ?? {};
		const [attempt, ...more] = JSON.parse(attempts ?? "");
		expect([url, attempt, more]).toMatchObject([
			url,
			{ outcome: "failed", status: null, reason: expect.stringMatching(/^The address must /) },
			[],
		]);
	}
});

/** An IPv4 address in one of the ways that an address can say it: of one to four numbers, each decimal, octal or hexadecimal. */
const written = fc
	.tuple(
		fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }),
		fc.integer({ min: 1, max: 4 }),
		fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
		fc.boolean(),
	)
	.map(([bytes, parts, bases, dot]) => {
		const head = bytes.slice(0, parts - 1);
		const rest = bytes.slice(parts - 1).reduce((sum, byte) => sum * 256 + byte, 0);
		const text = [...head, rest].map((n, i) => [`${n}`, `0${n.toString(8)}`, `0x${n.toString(16)}`][bases[i] ?? 0]).join(".");
		return `${text}${dot ? "." : ""}`;
	});

/** The same with some of its characters percent-encoded or full-width. */
const disguised = fc.tuple(written, fc.infiniteStream(fc.nat(5))).map(([text, turns]) =>
	[...text]
		.map((character) => {
			const { value: turn } = turns.next();
			if (turn === 0) return `%${character.charCodeAt(0).toString(16)}`;
			return turn === 1 && character !== "." ? String.fromCodePoint(character.charCodeAt(0) + 0xfee0) : character;
		})
		.join(""),
);

test("no way to write an IP address gets past the way out", async () => {
	await fc.assert(
		fc.asyncProperty(fc.oneof(written, disguised), fc.constantFrom("", "/", "/in?x=1"), async (host, path) => {
			expect(await refusedAtSending(`https://${host}${path}`)).toBe(true);
		}),
		{ numRuns: 3_000 },
	);
	await fc.assert(
		fc.asyncProperty(fc.ipV6(), async (host) => {
			expect(await refusedAtSending(`https://[${host}]/`)).toBe(true);
		}),
		{ numRuns: 500 },
	);
});

test("what gets past the way out is an https address of a dotted name, without port, user or fragment", async () => {
	const part = fc.oneof(
		fc.webUrl({ validSchemes: ["https", "http"], withFragments: true, withQueryParameters: true }),
		fc.string({ unit: "binary", maxLength: 40 }),
	);
	const twisted = fc
		.tuple(part, fc.nat(40), fc.constantFrom("", "@", ":1", "\\", "#", "\t", "%00", ".", "..", "//", "[", "。", "­"))
		.map(([text, at, sign]) => text.slice(0, at) + sign + text.slice(at));
	await fc.assert(
		fc.asyncProperty(fc.oneof(part, twisted), async (text) => {
			if (await refusedAtSending(text)) return;
			const url = new URL(text);
			expect([url.protocol, url.port, url.username, url.password, url.hash]).toEqual(["https:", "", "", "", ""]);
			expect(url.hostname.replace(/\.+$/, "")).toMatch(/^(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]*[a-z-][a-z0-9-]*$/);
		}),
		{ numRuns: 3_000 },
	);
});
