import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
// @ts-expect-error It ships no types.
import { getPHPLoaderModule as php74 } from "@php-wasm/node-7-4";
// @ts-expect-error It ships no types.
import { getPHPLoaderModule as php84 } from "@php-wasm/node-8-4";
import { loadPHPRuntime, PHP } from "@php-wasm/universal";

/** The versions of PHP there are: the oldest that a shop still runs, and a current one. */
export type PhpVersion = "7.4" | "8.4";

/** An interpreter with a file system of its own. */
export interface Interpreter {
	/** Copies a folder of this machine into it. */
	copy(from: string, to: string): Promise<void>;
	write(path: string, text: string): void;
	/** Runs a request, `given` being in it as `$given`, and gives what it printed. Throws on a fatal error, a warning or a notice. */
	run(code: string, given?: unknown): Promise<string>;
	/** What `php -l` says of files that have a fault. It ends the interpreter, and goes before any request. */
	lint(...files: readonly string[]): Promise<string>;
}

/** Starts PHP. Each request is a fresh one, as on a server; files stay. */
export async function startPhp(version: PhpVersion): Promise<Interpreter> {
	const php = new PHP(await loadPHPRuntime(await (version === "7.4" ? php74() : php84())));
	const copy = async (from: string, to: string) => {
		php.mkdir(to);
		for (const entry of await readdir(from, { withFileTypes: true })) {
			const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
			if (entry.isDirectory()) await copy(source, target);
			else php.writeFile(target, await readFile(source));
		}
	};
	return {
		copy,
		write: (path, text) => php.writeFile(path, text),
		async run(code, given = null) {
			const data = Buffer.from(JSON.stringify(given)).toString("base64");
			const strict =
				"error_reporting(E_ALL); set_error_handler(function ($n, $s, $f, $l) { throw new ErrorException($s, 0, $n, $f, $l); });";
			const prefix = `<?php ${strict} $given = json_decode(base64_decode('${data}'), true);\n`;
			const { text, errors, exitCode } = await php.run({ code: prefix + code });
			if (exitCode !== 0 || errors) throw new Error(`PHP ${version}: ${errors}\n${text}`);
			return text;
		},
		async lint(...files) {
			const said = await php.cli(["php", "-d", "display_errors=stderr", "-l", ...files]);
			return (await said.exitCode) === 0 ? "" : `${await said.stdoutText}${await said.stderrText}`;
		},
	};
}
