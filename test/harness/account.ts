import type { Ran, Wrangler } from "../../deploy/wrangler.ts";
import { migrate } from "../../local/migrate.ts";
import type { TestCollector } from "./collector.ts";

/** A Cloudflare account as wrangler shows it to a deploy: what it has, and every command that was run. */
export interface Account {
	readonly wrangler: Wrangler;
	/** Every command so far, as it was said. */
	readonly commands: string[];
	readonly databases: string[];
	readonly queues: string[];
	readonly secrets: Map<string, string>;
	/** What stands in for commands that begin like this. */
	readonly instead: Map<string, Ran>;
}

const said = (stdout: string): Ran => ({ code: 0, stdout, stderr: "" });

/**
 * Opens an empty account; once the databases and the Worker are made there, they are those of a collector on this machine. `named` says
 * which database of the account each binding is, as wrangler reads it in wrangler.toml.
 */
export function openAccount(
	{ url, shards }: TestCollector,
	named: Readonly<Record<string, string>> = { DB: "afterword" },
): Account {
	const commands: string[] = [];
	const databases: string[] = [];
	const queues: string[] = [];
	const secrets = new Map<string, string>();
	const instead = new Map<string, Ran>();

	const wrangler: Wrangler = async (args, input) => {
		const command = args.join(" ");
		commands.push(command);
		const replaced = [...instead].find(([start]) => command.startsWith(start));
		if (replaced) return replaced[1];
		const [topic, verb = "", name = ""] = args;
		const [binding = ""] = /\bDB(?:_\d+)?\b/.exec(args.slice(2, 4).join(" ")) ?? [];
		const db = shards.get(binding);
		if (/^d1 [em]/.test(command) && !(db && databases.includes(named[binding] ?? "")))
			return { code: 1, stdout: "", stderr: "Couldn't find a D1 DB" };
		switch (`${topic} ${verb}`) {
			case "whoami --json":
				return said('{ "loggedIn": true }');
			case "d1 list":
				return said(JSON.stringify(databases.map((database) => ({ uuid: "…", name: database }))));
			case "d1 create":
				databases.push(name);
				return said(`✅ Successfully created DB '${name}'`);
			case "d1 migrations":
				if (db) await migrate(db);
				return said("✅ No migrations to apply!");
			case "d1 execute":
				return said(JSON.stringify([await db?.prepare(args.at(-1) ?? "").all()]));
			case "queues info":
				if (queues.includes(name)) return said(`Queue Name: ${name}`);
				return {
					code: 1,
					stdout: "",
					stderr: `✘ [ERROR] Queue "${name}" does not exist. To create it, run: wrangler queues create`,
				};
			case "queues create":
				queues.push(name);
				return said(`✅ Created queue '${name}'`);
			case "deploy ":
				return said(`Uploaded afterword (3.21 sec)\nDeployed afterword triggers (1.02 sec)\n  ${url}\n  schedule: */5 * * * *\n`);
			case "secret list":
				return said(JSON.stringify([...secrets.keys()].map((key) => ({ name: key, type: "secret_text" }))));
			case "secret bulk":
				for (const [key, value] of Object.entries<string>(JSON.parse(input ?? ""))) secrets.set(key, value);
				return said("✨ Success");
			default:
				throw new Error(`No deploy should run: wrangler ${command}`);
		}
	};
	return { wrangler, commands, databases, queues, secrets, instead };
}
