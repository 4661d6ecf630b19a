import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { SHOP, startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
let key: string;
beforeAll(async () => {
	collector = await startCollector();
	key = collector.site.publicKey;
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["gold"] } }) });
});
afterAll(() => collector.stop());

let sent = 0;

/** Sends bytes as they are and gives the first line that comes back; "closed" where there comes none. */
async function send(method: string, path: string, headers: readonly string[] = [], body = ""): Promise<string> {
	const { hostname, port, host } = new URL(collector.url);
	const socket = connect(Number(port), hostname);
	socket.on("error", () => {});
	// Each from somewhere else: none is refused only for coming after the others.
	const from = headers.some((line) => line.startsWith("CF-Connecting-IP"))
		? []
		: [`CF-Connecting-IP: 198.18.${sent >> 8}.${sent++ & 255}`];
	const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
	socket.write(
		[`${method} ${path} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...length, ...from, ...headers, "", body].join("\r\n"),
	);
	const closed = once(socket, "close").then(() => ["closed"]);
	const [reply] = await Promise.race([once(socket, "data"), closed]);
	socket.destroy();
	return String(reply).split("\r\n")[0] ?? "";
}

/** What was refused by workerd before it came to the Worker: methods that HTTP servers do not know. */
const NOT_OURS = /^HTTP\/1\.1 501 /;

/** Requests whose reply says that something broke, with the reply. */
async function broken(requests: readonly (readonly [string, string, (readonly string[])?, string?])[]): Promise<string[]> {
	const found: string[] = [];
	for (let i = 0; i < requests.length; i += 8)
		await Promise.all(
			requests.slice(i, i + 8).map(async ([method, path, headers, body]) => {
				const line = await send(method, path, headers, body);
				const told = `${line} to ${method} ${path.slice(0, 80)} ${JSON.stringify(headers ?? []).slice(0, 80)} ${(body ?? "").slice(0, 80)}`;
				if (!NOT_OURS.test(line) && !/^HTTP\/1\.1 (?:[23]|4(?!29))/.test(line)) found.push(told);
			}),
		);
	return found;
}

const ODD = [
	..."% %00 %ff %C0%80 %ED%A0%80 %E0%80%80 %u0000 %%% a% a%4 a%zz %25 .. %2e%2e %2f %5c \\ * :x {id} + ; ' \" < # @ // ?".split(
		" ",
	),
	..."__proto__ constructor toString null undefined -1 1e999 NaN é 😀 %0d%0aX:%20y nps csat".split(" "),
	"a".repeat(7_000),
	"/".repeat(3_000),
	"%41".repeat(2_000),
];

test("whatever stands in an address, nothing breaks", async () => {
	const requests = ODD.flatMap((odd) =>
		[
			`/${odd}`,
			`/v1/${odd}`,
			`/w/${odd}`,
			`/w/${odd}.js`,
			`/s/${odd}/csat`,
			`/s/${key}/${odd}`,
			`/s/${key}/${odd}.js`,
			`/v1/responses/${odd}`,
			`/v1/customers/${odd}`,
			`/v1/surveys/${odd}`,
			`/v1/surveys/${odd}/email`,
			`/w/${key}.js?lang=${odd}&wanted=${odd}`,
			`/w/${key}.js?${odd}=${odd}`,
			`/s/${key}/csat?locale=${odd}&score=${odd}&transaction=${odd}&token=${odd}`,
			`/s/${key}/csat.js?lang=${odd}&score=${odd}`,
		].map((path) => ["GET", path] as const),
	);
	expect(await broken(requests)).toEqual([]);
});

test("parameters that come twice, nested or nameless break nothing", async () => {
	const queries = [
		"lang=a&lang=b",
		"lang[]=a",
		"lang[a]=b",
		"=",
		"&&&",
		"lang",
		"lang=&lang=",
		"__proto__=1&lang=en",
		"a=1&".repeat(2_000),
	];
	const paths = [
		`/w/${key}.js`,
		`/w/${key}.lazy.js`,
		`/w/${key}.survey.js`,
		`/s/${key}/csat`,
		`/s/${key}/csat.js`,
		"/openapi.json",
		"/docs",
	];
	expect(await broken(paths.flatMap((path) => queries.map((query) => ["GET", `${path}?${query}`] as const)))).toEqual([]);
});

test("whatever the method, nothing breaks", async () => {
	const methods = [
		..."HEAD PUT PATCH DELETE OPTIONS TRACE PROPFIND LINK PURGE QUERY FOO get __proto__ ALL".split(" "),
		"X".repeat(300),
	];
	const paths = ["/", "/v1/responses", "/v1/scores", "/v1/customers/x", `/w/${key}.js`, `/s/${key}/csat`, "/demo/x", "/nothing"];
	expect(await broken(methods.flatMap((method) => paths.map((path) => [method, path] as const)))).toEqual([]);
});

/** Each repeated to the length that headers may have at Cloudflare. */
const LONG = [
	"a-",
	"a,",
	"en-",
	";q=",
	"a;q=0.1,",
	'"',
	"\\",
	";",
	"=",
	":",
	"::",
	"0:",
	"W/",
	'"x",',
	"https://",
	"Bearer ",
	"aw_sk_",
	"\u00e9",
];
const HEADERS = "Accept-Language If-None-Match Authorization Origin CF-Connecting-IP Content-Type Cookie Sec-GPC Accept".split(
	" ",
);

test("headers of a hundred thousand characters, of whatever kind, break nothing and hold nobody up", async () => {
	const body = JSON.stringify(collector.ask());
	const requests = LONG.flatMap((unit) =>
		HEADERS.flatMap((name) => {
			const long = [`${name}: ${unit.repeat(100_000 / unit.length)}`];
			return [
				["GET", `/s/${key}/csat`, long],
				["GET", `/w/${key}.js`, long],
				["GET", "/v1/scores", long],
				["POST", "/v1/responses", [...long, ...(name === "Origin" ? [] : [`Origin: ${SHOP}`])], body],
			] as const;
		}),
	);
	expect(await broken(requests)).toEqual([]);
}, 120_000);

test("a language tag of fifteen thousand characters in an address holds nobody up", async () => {
	const requests = ["a-", "en-", "zh-", "-"].flatMap((unit) =>
		[`/s/${key}/csat?locale=`, `/s/${key}/csat.js?lang=`, `/w/${key}.js?lang=`, `/w/${key}.js?wanted=`].map(
			(path) => ["GET", path + unit.repeat(15_000 / unit.length)] as const,
		),
	);
	expect(await broken(requests)).toEqual([]);
});

test("whatever the headers of an answer say, nothing breaks, and what is refused is not stored", async () => {
	const count = async () => Number((await collector.db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"]);
	const before = await count();
	const lines: readonly string[][] = [
		...["text/plain;charset=utf-16", "text/html", "multipart/form-data; boundary=x", ";", "/", "text/plain, text/plain"].map(
			(type) => [`Content-Type: ${type}`],
		),
		...[
			"NULL",
			"null, null",
			"https://shop.example.",
			"HTTPS://SHOP.EXAMPLE",
			"https://shop.example:443",
			"https://shop.example/",
			"file://",
			"\u0001",
		].map((origin) => [`Origin: ${origin}`, "Content-Type: text/plain"]),
		[`Origin: ${SHOP}`, `Origin: ${SHOP}`, "Content-Type: text/plain"],
		[`Origin: ${SHOP}`, "Content-Type: text/plain", "Content-Encoding: identity"],
		[`Origin: ${SHOP}`, "Content-Type: text/plain", "Transfer-Encoding: gzip"],
		[`Origin: ${SHOP}`, "Content-Type: text/plain", "Transfer-Encoding: chunked"],
		[`Origin: ${SHOP}`, "Content-Type: text/plain", "Content-Length: 5"],
		[`Origin: ${SHOP}`, "Content-Type: text/plain", "Content-Length: -1"],
		[`Origin: ${SHOP}`, "Content-Type: text/plain", "Content-Length: 1e3"],
	];
	expect(
		await broken(lines.map((headers) => ["POST", "/v1/responses", headers, JSON.stringify(collector.ask())] as const)),
	).toEqual([]);
	expect(await count()).toBe(before);
});

/** Bodies as text, for what JSON.stringify would not write. `said` is a whole ask without its last brace. */
function oddBodies(said: string): string[] {
	const names = ["__proto__", "constructor", "toString", "then", "toJSON", "", "\\u0000", "\\ud800", "\\u202e"];
	const numbers = ["1e400", "-1e400", "-0", "1e-400", "9.0", "0.9e1", "99999999999999999999"];
	const whole = `${said}}`;
	return [
		"[".repeat(16_000),
		'{"a":'.repeat(3_000),
		"[".repeat(8_000) + "]".repeat(8_000),
		...["comment", "segments", "drivers", "transaction", "token", "score"].map(
			(name) => `${said},"${name}":${"[".repeat(7_000)}${"]".repeat(7_000)}}`,
		),
		`${said},"segments":${'{"plan":'.repeat(1_500)}1${"}".repeat(1_500)}}`,
		`${said},"segments":{${Array.from({ length: 1_500 }, (_, i) => `"k${i}":"v"`).join(",")}}}`,
		`${said},"drivers":[${Array.from({ length: 1_500 }, (_, i) => `"d${i}"`).join(",")}]}`,
		...names.flatMap((name) => [
			`${said},"${name}":{"score":1}}`,
			`${said},"segments":{"${name}":"gold"}}`,
			`${said},"segments":{"plan":"${name}"}}`,
			`${said},"transaction":"${name}","customer":"${name}","locale":"${name}","page":"https://a.example/${name}"}`,
			`${said},"comment":"${name}","drivers":["${name}"],"channel":"${name}","device":"${name}"}`,
		]),
		...["score", "rev", "age_ms", "version", "v"].flatMap((name) => numbers.map((number) => `${said},"${name}":${number}}`)),
		`${said},"status":"shown","status":"answered"}`,
		`\ufeff${whole}`,
		`${whole}\0`,
		`${whole}${whole}`,
		whole.slice(0, -20),
	];
}

test("whatever a body holds is stored or refused, and goes the same way through the queue, without a dead letter", async () => {
	const headers = [`Origin: ${SHOP}`, "Content-Type: text/plain"];
	const sayAll = async (wanted: string): Promise<Ask[]> => {
		const taken: Ask[] = [];
		for (const i of oddBodies("").keys()) {
			const ask = collector.ask();
			const line = await send("POST", "/v1/responses", headers, oddBodies(JSON.stringify(ask).slice(0, -1))[i]);
			if (line.startsWith(`HTTP/1.1 ${wanted}`)) taken.push(ask);
			else expect([i, line]).toEqual([i, expect.stringMatching(/^HTTP\/1\.1 4(?!29)/)]);
		}
		return taken;
	};
	const count = async () => Number((await collector.db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"]);
	const before = await count();
	const direct = await sayAll("201");
	expect(direct.length).toBeGreaterThan(30);
	expect(await count()).toBe(before + direct.length);
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ ingest: "queue" }) });
	const queued = await sayAll("202");
	expect(queued.length).toBe(direct.length);
	await expect.poll(count, { timeout: 120_000, interval: 200 }).toBe(before + 2 * direct.length);
	expect((await collector.db.prepare("SELECT count(*) AS n FROM dead_letter").first())?.["n"]).toBe(0);
	expect(await collector.drift()).toEqual([]);
}, 120_000);
