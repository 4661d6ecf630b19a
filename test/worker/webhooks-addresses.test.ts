import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendFrom } from "../../worker/deliver/send.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

const OWN = "https://feedback.shop-of-ann.com";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

/** What is taken. Nothing is sent there: only what is saved is asked about. */
const FINE = [
	"https://hooks.shop-of-ann.com",
	"https://hooks.shop-of-ann.com/in?key=1&more=a%20b",
	"https://HOOKS.Shop-Of-Ann.com/IN",
	"https://xn--bcher-kva.de/",
	"https://bücher.de/",
	"https://localhost.shop-of-ann.com/",
	"https://internal.example.com/",
	"https://10.0.0.1.nip.io/",
	"https://a.b.c.d.e.co/",
] as const;

const NAMES = "localhost local localdomain internal intranet lan home corp private test example invalid onion arpa alt".split(
	" ",
);

/** 127.0.0.1, 10.0.0.1, 169.254.169.254 and ::1 as they can be written. */
const LITERALS = [
	..."127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1 017700000001 0177.0.0.1 0177.1 127.0.0.1. 1".split(" "),
	..."10.0.0.1 192.168.0.1 172.16.0.1 169.254.169.254 2852039166 0xa9fea9fe 100.64.0.1 0.0.0.0 0 8.8.8.8 255.255.255.255".split(
		" ",
	),
	..."[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [fe80::1] [fc00::1] [fd00:ec2::254] [64:ff9b::7f00:1] [2606:4700::1111]".split(
		" ",
	),
	"%31%32%37.0.0.1",
	"１２７.０.０.１",
	"127。0。0。1",
	"①②⑦.0.0.1",
	"0x7F.0X0.0.1",
];

/** What is refused, each for a reason of its own. */
const FORBIDDEN = [
	"",
	" ",
	"hooks",
	"//hooks.shop-of-ann.com/",
	"http://hooks.shop-of-ann.com/",
	"ftp://hooks.shop-of-ann.com/",
	"javascript:alert(1)",
	"data:text/plain,x",
	"file:///etc/passwd",
	"blob:https://hooks.shop-of-ann.com/1",
	"https://",
	"https:///hooks.shop-of-ann.com/",
	"https:/hooks.shop-of-ann.com/",
	"https:hooks.shop-of-ann.com/",
	"https:////hooks.shop-of-ann.com:443/",
	"http://127.0.0.1:8787/",
	"http://localhost/",
	"http://[::1]/",
	"https://user@hooks.shop-of-ann.com/",
	"https://user:secret@hooks.shop-of-ann.com/",
	"https://@hooks.shop-of-ann.com/",
	"https://:@hooks.shop-of-ann.com/",
	"https://hooks.shop-of-ann.com:8443/",
	"https://hooks.shop-of-ann.com:443/",
	"https://hooks.shop-of-ann.com:/",
	"https://hooks.shop-of-ann.com/#part",
	"https://hooks.shop-of-ann.com/#",
	"https://hooks.shop-of-ann.com/a b",
	" https://hooks.shop-of-ann.com/",
	"https://hooks.shop-of-ann.com/\n",
	"https://hooks.shop\t-of-ann.com/",
	"https://hooks.shop-of-ann.com/\0",
	"https://hooks.shop-of-ann.com/\u202e",
	"https://hooks.shop-of-ann.com/\u200b",
	"https://hooks.shop-of-ann.com\\@evil.com/",
	"https:\\\\hooks.shop-of-ann.com/",
	`https://hooks.shop-of-ann.com/${"a".repeat(2_048)}`,
	"https://hooks/",
	"https://hooks./",
	"https://-hooks.com/",
	"https://hooks-.com/",
	"https://ho_oks.com/",
	"https://ho*oks.com/",
	"https://hooks..com/",
	"https://.hooks.com/",
	"https://hooks.123/",
	`https://${"a".repeat(64)}.com/`,
	`https://${"a.".repeat(127)}com/`,
	...LITERALS.map((literal) => `https://${literal}/`),
	...NAMES.flatMap((name) => [
		`https://${name}/`,
		`https://db.${name}/`,
		`https://db.${name}./`,
		`https://DB.${name.toUpperCase()}/`,
	]),
];

const saved = (url: string) =>
	fetch(`${collector.url}/v1/webhooks`, {
		method: "POST",
		headers: { "content-type": "application/json", authorization: `Bearer ${collector.site.secretKey}` },
		body: JSON.stringify({ kind: "webhook", name: "x", settings: { url }, events: ["answer.scored"] }),
	});

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

test("addresses of the public internet are taken", async () => {
	for (const url of FINE) {
		const reply = await saved(url);
		expect([url, reply.status]).toEqual([url, 201]);
		await collector.db.prepare("DELETE FROM endpoint").run();
		expect([url, await refusedAtSending(url)]).toEqual([url, false]);
	}
});

test("every other form is refused when it is saved, with its field and without a repetition, and again when it is sent", async () => {
	for (const url of FORBIDDEN) {
		const reply = await saved(url);
		const text = await reply.text();
		expect([url, reply.status, JSON.parse(text).field]).toEqual([url, 400, "settings.url"]);
		if (url.length > 12) expect(text).not.toContain(url);
		expect([url, await refusedAtSending(url)]).toEqual([url, true]);
	}
	expect((await collector.db.prepare("SELECT count(*) AS n FROM endpoint").first())?.["n"]).toBe(0);
});

test("a change is held to the same", async () => {
	const { webhook } = await (await saved("https://hooks.shop-of-ann.com/")).json();
	for (const url of FORBIDDEN.slice(0, 40)) {
		const body = JSON.stringify({ settings: { url } });
		const reply = await collector.owner(`/v1/webhooks/${webhook.id}`, { method: "PATCH", body });
		expect([url, reply.status, (await reply.json()).field]).toEqual([url, 400, "settings.url"]);
	}
});

test("the Worker's own host is refused, whatever the case and the dots", async () => {
	for (const url of [`${OWN}/v1/responses`, "https://FEEDBACK.shop-of-ann.com./", "https://feedback.shop-of-ann.com/"])
		expect([url, await refusedAtSending(url)]).toEqual([url, true]);
	expect(await refusedAtSending("https://other.shop-of-ann.com/")).toBe(false);
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
