import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PATHS } from "../local/paths.ts";

/** What a command left behind. */
export interface Ran {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs wrangler to its end, with `input` as its standard input. A value that is passed on: a deploy can be followed without an account. */
export type Wrangler = (args: readonly string[], input?: string) => Promise<Ran>;

/** What it prints is read here: it must not depend on what a machine has set. */
const PLAIN = { WRANGLER_LOG: "log", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", NO_COLOR: "1" };

/** The wrangler that `npm ci` brought. It asks nothing: its input is what it is given. */
export const wranglerHere: Wrangler = async (args, input) => {
	const program = join(PATHS.root, "node_modules/wrangler/bin/wrangler.js");
	const child = spawn(process.execPath, [program, ...args], { cwd: PATHS.root, env: { ...process.env, ...PLAIN } });
	const printed = { stdout: "", stderr: "" };
	for (const stream of ["stdout", "stderr"] as const) {
		child[stream].setEncoding("utf8").on("data", (text: string) => {
			printed[stream] += text;
		});
	}
	child.stdin.on("error", () => {}); // One that ends before it has read says so by its code.
	child.stdin.end(input ?? "");
	const [code] = await once(child, "close");
	return { code: code ?? 1, ...printed };
};

/** Gives what wrangler printed. @throws with all it printed where it failed */
export async function succeed(wrangler: Wrangler, args: readonly string[], input?: string): Promise<string> {
	const { code, stdout, stderr } = await wrangler(args, input);
	if (code === 0) return stdout;
	throw new Error(`wrangler ${args.join(" ")} failed:\n\n${`${stderr}\n${stdout}`.trim()}`);
}
