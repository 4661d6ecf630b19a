import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";

/** The Worker's secrets in wrangler.toml's sense: what the operator shows, and what seals the secrets of others. */
export const SECRET_NAMES = ["AFTERWORD_OPERATOR_KEY", "AFTERWORD_SECRET"] as const;

export type SecretName = (typeof SECRET_NAMES)[number];

export type LocalSecrets = Readonly<Record<SecretName, string>>;

/** The secrets of a local run, from wrangler's file of local secrets. Those that are missing are made up and written there; nothing else in it is touched. */
export async function localSecrets(devVars: string): Promise<LocalSecrets> {
	const text = await readFile(devVars, "utf8").catch(() => "");
	const found = (name: string) => text.match(new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=\\s*["']?([^"'\\s]+)`, "m"))?.[1];
	const made: string[] = [];
	const kept = SECRET_NAMES.map((name) => {
		const value = found(name) ?? randomBytes(32).toString("base64url");
		if (!found(name)) made.push(`${name}="${value}"\n`);
		return [name, value];
	});
	const lineBreak = text === "" || text.endsWith("\n") ? "" : "\n";
	if (made.length > 0) await appendFile(devVars, lineBreak + made.join(""), { mode: 0o600 });
	return Object.fromEntries(kept);
}
