import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";

const NAME = "AFTERWORD_OPERATOR_KEY";

/** The operator's key of a local run, from wrangler's file of local secrets. Made up and written there where it is missing; nothing else in it is touched. */
export async function operatorKey(devVars: string): Promise<string> {
	const text = await readFile(devVars, "utf8").catch(() => "");
	const found = text.match(new RegExp(`^\\s*(?:export\\s+)?${NAME}\\s*=\\s*["']?([^"'\\s]+)`, "m"))?.[1];
	if (found) return found;
	const made = randomBytes(24).toString("base64url");
	const lineBreak = text === "" || text.endsWith("\n") ? "" : "\n";
	await appendFile(devVars, `${lineBreak}${NAME}="${made}"\n`, { mode: 0o600 });
	return made;
}
