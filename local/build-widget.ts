import { join } from "node:path";
import { minify } from "terser";
import { build, type Plugin } from "vite";
import { PATHS } from "./paths.ts";

/** The widget's files and where each begins: scripts that run as they load, and the modules that they import. */
const OUTPUTS = [
	{ entry: "whole.ts", name: "whole", format: "iife" },
	{ entry: "lazy.ts", name: "lazy", format: "iife" },
	{ entry: "survey.ts", name: "survey", format: "es" },
	{ entry: "follow-up.tsx", name: "follow-up", format: "es" },
	{ entry: "triggers.ts", name: "triggers", format: "es" },
	{ entry: "pictures.ts", name: "pictures", format: "iife" },
	{ entry: "offers.ts", name: "offers", format: "iife" },
	{ entry: "hold.ts", name: "hold", format: "iife" },
] as const;

type WidgetFile = (typeof OUTPUTS)[number]["name"];

/**
 * Builds the widget's files into `outDir`, each without its first line, which the Worker writes. Gives the modules that went into
 * each file.
 */
export async function buildWidget(outDir: string): Promise<Map<WidgetFile, string[]>> {
	const modules = new Map<WidgetFile, string[]>();
	for (const { entry, name, format } of OUTPUTS) {
		const built = await build({
			root: PATHS.widget,
			configFile: false,
			logLevel: "warn",
			publicDir: false,
			oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
			plugins: [smallest],
			build: {
				outDir,
				emptyOutDir: false,
				target: ["chrome100", "safari16.4", "firefox115"],
				reportCompressedSize: false,
				lib: { entry: join(PATHS.widget, entry), name: "afterword", formats: [format], fileName: () => `${name}.js` },
				// Vite leaves the whitespace of ES modules in, for a bundler to come: here none comes.
				rolldownOptions: { output: { minify: true } },
			},
		});
		const outputs = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
		modules.set(
			name,
			outputs.flatMap((output) => (output.type === "chunk" ? output.moduleIds : [])),
		);
	}
	return modules;
}

/** Goes over the minified files once more by terser, which finds another hundredth: as much as a question takes in another script. */
const smallest: Plugin = {
	name: "smallest",
	async generateBundle(_options, bundle) {
		for (const output of Object.values(bundle)) {
			if (output.type !== "chunk") continue;
			const compress = {
				passes: 3,
				hoist_funs: true,
				unsafe_arrows: true,
				unsafe_methods: true,
				pure_getters: true,
				keep_fargs: false,
			};
			output.code = (await minify(output.code, { ecma: 2020, module: output.exports.length > 0, compress })).code ?? output.code;
		}
	},
};
