import { fileURLToPath } from "node:url";
import { minify } from "terser";
import { build } from "vite";

/** Builds a bare question page of test/bench/question as `local/build-widget.ts` builds the widget, and gives the script. */
export async function buildQuestion(file: "vanilla.js" | "preact.jsx"): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: "warn",
		publicDir: false,
		oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
		build: {
			write: false,
			target: ["chrome100", "safari16.4", "firefox115"],
			lib: {
				entry: fileURLToPath(new URL(`./question/${file}`, import.meta.url)),
				name: "question",
				formats: ["iife"],
				fileName: "question",
			},
			rolldownOptions: { output: { minify: true } },
		},
	});
	const [output] = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
	const code = output?.type === "chunk" ? output.code : "";
	const compress = { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, keep_fargs: false };
	return (await minify(code, { ecma: 2020, compress })).code ?? code;
}
