import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Deployment, deploy } from "../../deploy/deploy.ts";
import { wranglerHere } from "../../deploy/wrangler.ts";
import { SECRET_NAMES } from "../../local/local-secrets.ts";
import { PATHS } from "../../local/paths.ts";
import { type Account, openAccount } from "../harness/account.ts";
import { OPERATOR_KEY, startCollector, type TestCollector } from "../harness/collector.ts";

const NAMES = { DB: "afterword", DB_2: "afterword-2", DB_3: "afterword-3" };
const APPLY = Object.keys(NAMES).map((binding) => `d1 migrations apply ${binding} --remote`);

let collector: TestCollector;
let folder: string;
/** The block of the second shard as wrangler.toml offers it, taken out of its comment. */
let offered: string;
let account: Account;
let configs = 0;
beforeAll(async () => {
	collector = await startCollector({ shards: 3 });
	folder = await mkdtemp(join(tmpdir(), "afterword-shards-"));
	const [commented = ""] =
		/(?:^# .*\n)+/m.exec((await readFile(PATHS.wranglerConfig, "utf8")).split(/(?=# \[\[d1_)/)[1] ?? "") ?? [];
	offered = commented.replace(/^# /gm, "");
}, 60_000);
beforeEach(() => {
	account = openAccount(collector, NAMES);
});
afterAll(async () => {
	await collector.stop();
	await rm(folder, { recursive: true });
});

/** A wrangler.toml with more blocks than that of the checkout; it lies elsewhere and so names its folders whole. */
async function configOf(...blocks: string[]): Promise<string> {
	const file = join(folder, `wrangler-${configs++}.toml`);
	const text = [await readFile(PATHS.wranglerConfig, "utf8"), ...blocks].join("\n");
	await writeFile(file, text.replaceAll('migrations_dir = "worker/migrations"', `migrations_dir = "${PATHS.migrations}"`));
	return file;
}

const third = () => offered.replaceAll("2", "3");

/** Deploys into the account, three shards unless another wrangler.toml is said, and gives what was printed. */
async function run(options: Partial<Deployment> = {}): Promise<string> {
	const printed: string[] = [];
	for (const name of SECRET_NAMES) account.secrets.set(name, "kept");
	await deploy({
		wrangler: account.wrangler,
		config: await configOf(offered, third()),
		build: async () => void account.commands.push("build"),
		makeSecret: () => "",
		print: (text) => printed.push(text),
		logged: false,
		operatorKey: OPERATOR_KEY,
		site: null,
		...options,
	});
	return printed.join("\n");
}

const changes = () => account.commands.filter((command) => /^(d1 create|d1 migrations|deploy)/.test(command));

test("every shard of wrangler.toml is made and migrated before the code that needs it", async () => {
	await run();
	expect(changes()).toEqual([...Object.values(NAMES).map((name) => `d1 create ${name}`), ...APPLY, "deploy"]);
	account.commands.splice(0);
	await run();
	expect(changes()).toEqual([...APPLY, "deploy"]);
});

test("a shard that is added later is made then, and what is there is taken as it is", async () => {
	await run({ config: PATHS.wranglerConfig });
	expect(account.databases).toEqual(["afterword"]);
	account.commands.splice(0);
	await run({ config: await configOf(offered) });
	expect(changes()).toEqual(["d1 create afterword-2", ...APPLY.slice(0, 2), "deploy"]);
});

test("a shard that lacks a trigger stops the deploy, by its name", async () => {
	await run();
	const db = collector.shards.get("DB_3");
	await db?.prepare("DROP TRIGGER ask_deleted").run();
	account.commands.splice(0);
	await expect(run()).rejects.toThrow("npx wrangler d1 execute DB_3 --remote --file");
	expect(account.commands).not.toContain("deploy");
	const mending = await readFile(PATHS.missingTriggers, "utf8");
	await rm(PATHS.missingTriggers);
	await db?.prepare(mending).run();
	await run();
	expect(account.commands).toContain("deploy");
});

test("a site is found by its name in whatever shard it lives, and is made once", async () => {
	for (const name of ["First", "Second", "Third"]) {
		const site = { name, origins: [] };
		const [, publicKey = ""] = /\/w\/(aw_pub_\w{22})\.js"/.exec(await run({ site })) ?? [];
		expect(await run({ site })).toContain(`The site ${name} is there already: ${publicKey}`);
	}
	const { results } = await collector.db.prepare("SELECT DISTINCT shard FROM place").all();
	expect(results).toHaveLength(3);
});

test("a site that was never wholly made is no reason not to make it", async () => {
	await collector.shards
		.get("DB_2")
		?.prepare(
			`INSERT INTO site (id, shard, public_key, name, timezone, locale, locales, default_survey, origins, created_at)
			VALUES ('half', 'DB_2', 'half', 'Half made', 'UTC', 'en', '["en"]', 'csat', '[]', 1)`,
		)
		.run();
	expect(await run({ site: { name: "Half made", origins: [] } })).toMatch(/\/w\/aw_pub_\w{22}\.js"/);
});

test("without a shard in which sites live nothing is deployed", async () => {
	await run();
	account.commands.splice(0);
	await expect(run({ config: await configOf(offered) })).rejects.toThrow(/databases in which sites live: DB_3 \(sites: \d+\)/);
	expect(account.commands).not.toContain("deploy");
});

test.for([
	["a database under a name that the Worker takes for no shard", () => offered.replace("DB_2", "SECOND"), 'binding = "SECOND"'],
	["two shards that are one database", () => offered.replace("afterword-2", "afterword"), "this one is that of DB"],
	["a shard without a database", () => offered.replace(/^database_name.*\n/m, ""), "a database of its own for DB_2"],
	["a shard without migrations", () => offered.replace(/^migrations_dir.*\n/m, ""), "for DB_2 too"],
] as const)("%s is refused before anything is made", async ([, block, said]) => {
	await expect(run({ config: await configOf(block()) })).rejects.toThrow(said);
	expect(account.commands).toEqual(["whoami --json"]);
});

test("wrangler itself migrates each shard as wrangler.toml names it, every trigger is there then, and its output is understood", async () => {
	const state = await mkdtemp(join(tmpdir(), "afterword-account-"));
	// wrangler starts anew for each file of each shard: here all but the last are one.
	const inTwo = await mkdtemp(join(folder, "migrations-"));
	const files = (await readdir(PATHS.migrations)).sort();
	const sql = await Promise.all(files.map((file) => readFile(join(PATHS.migrations, file), "utf8")));
	await writeFile(join(inTwo, "0001_but_the_last.sql"), sql.slice(0, -1).join("\n"));
	await writeFile(join(inTwo, "0002_last.sql"), sql.at(-1) ?? "");
	const config = await configOf(offered);
	await writeFile(config, (await readFile(config, "utf8")).replaceAll(PATHS.migrations, inTwo));
	const local = (arg: string) => (arg === "--remote" ? "--local" : arg);
	const printed = await run({
		config,
		wrangler: (args, input) =>
			/^d1 [em]/.test(args.join(" "))
				? wranglerHere([...args.map(local), "--persist-to", state, "--config", config])
				: account.wrangler(args, input),
	});
	await rm(state, { recursive: true });
	expect(account.commands).toContain("deploy");
	expect(printed).toContain(`Afterword runs on ${collector.url}`);
}, 240_000);
