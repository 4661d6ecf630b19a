import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { type Deployment, deploy } from "../../deploy/deploy.ts";
import { workerAddress } from "../../deploy/worker-address.ts";
import { succeed, wranglerHere } from "../../deploy/wrangler.ts";
import { SECRET_NAMES } from "../../local/local-secrets.ts";
import { PATHS } from "../../local/paths.ts";
import { type Account, openAccount } from "../harness/account.ts";
import { OPERATOR_KEY, startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
let account: Account;
beforeAll(async () => {
	collector = await startCollector();
});
beforeEach(() => {
	account = openAccount(collector);
});
afterAll(() => collector.stop());

/** Deploys into the account, and gives what was printed. The keys it makes are those that the Worker of this test knows. */
async function run(options: Partial<Deployment> = {}): Promise<string> {
	const keys = [OPERATOR_KEY, "made-for-sealing"];
	const printed: string[] = [];
	await deploy({
		wrangler: account.wrangler,
		config: PATHS.wranglerConfig,
		build: async () => void account.commands.push("build"),
		makeSecret: () => keys.shift() ?? "",
		print: (text) => printed.push(text),
		logged: false,
		operatorKey: undefined,
		site: null,
		...options,
	});
	return printed.join("\n");
}

/** The commands that change something. */
const changes = () => account.commands.filter((command) => !/^(whoami|d1 list|d1 execute|queues info|secret list)/.test(command));

const NEW = [
	"build",
	"d1 create afterword",
	"queues create afterword-ingest",
	"queues create afterword-deliver",
	"queues create afterword-dead",
	"d1 migrations apply DB --remote",
	"deploy",
	"secret bulk",
];
const AGAIN = ["build", "d1 migrations apply DB --remote", "deploy"];

test("into an empty account: the database and its tables before the code, the secrets after it", async () => {
	const printed = await run();
	expect(changes()).toEqual(NEW);
	expect(account.databases).toEqual(["afterword"]);
	expect(account.queues).toEqual(["afterword-ingest", "afterword-deliver", "afterword-dead"]);
	expect([...account.secrets]).toEqual([
		["AFTERWORD_OPERATOR_KEY", OPERATOR_KEY],
		["AFTERWORD_SECRET", "made-for-sealing"],
	]);
	expect(printed).toContain(`Afterword runs on ${collector.url}`);
});

test("no secret is ever in an argument; the operator's key is shown once, the other never", async () => {
	const printed = await run();
	for (const secret of account.secrets.values()) expect(account.commands.join("\n")).not.toContain(secret);
	expect(printed.split(OPERATOR_KEY)).toHaveLength(2);
	expect(printed).not.toContain("made-for-sealing");
});

test("a second deploy only brings up to date: it makes nothing, overwrites no secret and shows no key", async () => {
	await run();
	const before = [...account.secrets];
	account.commands.splice(0);
	const printed = await run({ makeSecret: () => "another" });
	expect(changes()).toEqual(AGAIN);
	expect([...account.secrets]).toEqual(before);
	expect(printed).not.toContain(OPERATOR_KEY);
});

test("one secret that is missing is made without touching the other", async () => {
	account.secrets.set("AFTERWORD_OPERATOR_KEY", "the one that was there");
	const printed = await run({ makeSecret: () => "made-for-sealing" });
	expect(Object.fromEntries(account.secrets)).toEqual({
		AFTERWORD_OPERATOR_KEY: "the one that was there",
		AFTERWORD_SECRET: "made-for-sealing",
	});
	expect(printed).not.toMatch(/shown this once|made-for-sealing|the one that was there/);
});

test("where a log is kept no key is made, and it is said what to do", async () => {
	const printed = await run({ logged: true });
	expect(account.secrets.size).toBe(0);
	for (const name of SECRET_NAMES) expect(printed).toContain(`npx wrangler secret put ${name}`);
});

test("secrets that cannot be put are not told by the error", async () => {
	account.instead.set("secret bulk", { code: 1, stdout: "", stderr: `Refused: {"AFTERWORD_OPERATOR_KEY":"${OPERATOR_KEY}"}` });
	const error = await run().catch(String);
	expect(error).toContain('Refused: {"AFTERWORD_OPERATOR_KEY":"…"}');
	expect(error).not.toContain(OPERATOR_KEY);
});

test("a list of secrets that cannot be read overwrites none", async () => {
	account.instead.set("secret list", { code: 1, stdout: "", stderr: "A request to the Cloudflare API failed." });
	await expect(run()).rejects.toThrow("A request to the Cloudflare API failed.");
	expect(account.secrets.size).toBe(0);
});

test("a trigger that the migrations did not leave behind stops the deploy, and the file it names mends it", async () => {
	await run();
	await collector.db.prepare("DROP TRIGGER ask_updated").run();
	account.commands.splice(0);
	const file = join("dist", "missing-triggers.sql");
	await expect(run()).rejects.toThrow(`npx wrangler d1 execute DB --remote --file ${file}`);
	await expect(run()).rejects.toThrow("The database DB lacks the triggers ask_updated:");
	expect(account.commands).not.toContain("deploy");
	const mending = await readFile(PATHS.missingTriggers, "utf8");
	await rm(PATHS.missingTriggers);
	expect(mending).toMatch(/^CREATE TRIGGER ask_updated .* END;\n$/);
	await collector.db.prepare(mending).run();
	await run();
	expect(account.commands).toContain("deploy");
});

test("each step that fails ends the deploy with what wrangler said of it", async () => {
	const failed = { code: 1, stdout: "", stderr: "✘ [ERROR] Too many of them." };
	for (const step of ["d1 list", "d1 create", "queues info", "queues create", "d1 migrations", "d1 execute", "deploy"]) {
		account.instead.clear();
		account.instead.set(step, failed);
		account.commands.splice(0);
		await expect(run()).rejects.toThrow(/wrangler .* failed:\n\n✘ \[ERROR\] Too many of them\./);
		expect(account.commands.at(-1)?.startsWith(step)).toBe(true);
	}
});

test("whoever has not signed in is told how, before anything is built", async () => {
	account.instead.set("whoami", { code: 1, stdout: '{"loggedIn": false}', stderr: "" });
	await expect(run()).rejects.toThrow("npx wrangler login");
	expect(account.commands).toEqual(["whoami --json"]);
});

test("a site is made at the first deploy, takes answers from its shop, and is made once", async () => {
	const site = { name: "Harbour & Pine's", origins: ["https://harbour.example"] };
	const printed = await run({ site });
	const [, publicKey = ""] = /\/w\/(aw_pub_\w{22})\.js"/.exec(printed) ?? [];
	const [, secretKey = ""] = /shown this once: (aw_sk_\w{38})/.exec(printed) ?? [];
	const sent = await collector.send(collector.ask({ site: publicKey }), { origin: "https://harbour.example" });
	expect(sent.status).toBe(201);
	const of = { id: "", publicKey, secretKey };
	expect(await (await collector.owner("/v1/site", {}, of)).json()).toMatchObject({ name: site.name, public_key: publicKey });

	expect(await run({ site })).toContain(`The site ${site.name} is there already: ${publicKey}`);
});

test("a later deploy makes a site with the operator's key it is told, and says so where it is not", async () => {
	for (const name of SECRET_NAMES) account.secrets.set(name, "kept");
	const site = { name: "Second", origins: [] };
	await expect(run({ site })).rejects.toThrow("AFTERWORD_OPERATOR_KEY=… npm run deploy");
	expect(await run({ site, operatorKey: OPERATOR_KEY })).toMatch(/aw_pub_\w{22}/);
});

test("the Worker's address is its own domain before that of workers.dev", () => {
	const targets = "Deployed afterword triggers (1.02 sec)\n  https://afterword.owner.workers.dev\n  schedule: */5 * * * *\n";
	expect(workerAddress(targets)).toBe("https://afterword.owner.workers.dev");
	expect(workerAddress(`${targets}  feedback.example (custom domain)\n`)).toBe("https://feedback.example");
	expect(
		workerAddress("Deployed afterword triggers (1.02 sec)\n  shop.example/feedback/* (zone name: shop.example)\n"),
	).toBeNull();
});

/** Bytes of a Worker that the free plan takes, compressed. */
const FREE_PLAN_BYTES = 3 * 1024 * 1024;

test("what would be uploaded has every binding of wrangler.toml, and is a size that the free plan takes", async () => {
	const folder = await mkdtemp(join(tmpdir(), "afterword-upload-"));
	const printed = await succeed(wranglerHere, ["deploy", "--dry-run", "--outdir", folder]);
	await rm(folder, { recursive: true });
	const config = readConfig({ config: PATHS.wranglerConfig });
	const { d1_databases: databases, kv_namespaces: namespaces, queues, ratelimits, vars } = config;
	// Without an id wrangler makes it at the first deploy, and each later one inherits it.
	expect(namespaces).toEqual([{ binding: "SUPPRESSED" }]);
	const named: string[] = [
		...[...databases, ...namespaces, ...(queues.producers ?? [])].map(({ binding }: { binding: string }) => binding),
		...ratelimits.map(({ name }: { name: string }) => name),
		...Object.keys(vars),
	];
	expect(Array.from(printed.matchAll(/^env\.(\w+)/gm), ([, name]) => name).sort()).toEqual(named.sort());
	const [, kibibytes] = /gzip: ([\d.]+) KiB/.exec(printed) ?? [];
	expect(Number(kibibytes) * 1024).toBeLessThan(FREE_PLAN_BYTES);
});

test("the log is of the Worker's own lines: no request's address, headers or sender is kept", () => {
	const { observability, logpush, tail_consumers: tails } = readConfig({ config: PATHS.wranglerConfig });
	expect(observability).toEqual({ logs: { enabled: true, invocation_logs: false } });
	expect([logpush, tails]).toEqual([undefined, undefined]);
});

test("with the lines for mail taken in, what would be uploaded sends mail; as it comes it does not", async () => {
	const plain = await readFile(PATHS.wranglerConfig, "utf8");
	const mailing = plain.replace(/^# (\[\[send_email\]\]|name = "EMAIL"|EMAIL_FROM = .*)$/gm, "$1");
	const file = join(PATHS.root, "wrangler.mailing.toml");
	const folder = await mkdtemp(join(tmpdir(), "afterword-mailing-"));
	try {
		await writeFile(file, mailing);
		const printed = await succeed(wranglerHere, ["deploy", "--dry-run", "--config", file, "--outdir", folder]);
		expect(printed).toMatch(/^env\.EMAIL\b/m);
		expect(printed).toMatch(/^env\.EMAIL_FROM\b/m);
		expect(readConfig({ config: PATHS.wranglerConfig }).send_email).toEqual([]);
	} finally {
		await rm(file, { force: true });
		await rm(folder, { recursive: true });
	}
});

test("what a deploy button asks for is named and described, and has no value that everybody would know", async () => {
	const { cloudflare, scripts } = JSON.parse(await readFile(join(PATHS.root, "package.json"), "utf8"));
	const example = await readFile(join(PATHS.root, ".dev.vars.example"), "utf8");
	expect(example.split("\n").filter((line) => line && !line.startsWith("#"))).toEqual(SECRET_NAMES.map((name) => `${name}=`));
	for (const name of SECRET_NAMES) expect(cloudflare.bindings[name].description).toMatch(/\w/);
	expect(scripts).toMatchObject({ build: expect.any(String), deploy: expect.any(String) });
});
