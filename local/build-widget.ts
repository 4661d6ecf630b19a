import { join } from "node:path";
import { build } from "vite";
import { PATHS } from "./paths.ts";

/** The widget's files and where each begins. The scripts run as they load; the survey half is imported by the lazy build. */
const OUTPUTS = [
	{ input: "whole.ts", file: "whole.js", format: "iife" },
	{ input: "lazy.ts", file: "lazy.js", format: "iife" },
	{ input: "survey.tsx", file: "survey.js", format: "es" },
] as const;

/** Builds the widget into `outDir`: `whole.js`, `lazy.js` and `survey.js`, each without its first line, which the Worker writes. */
export async function buildWidget(outDir: string): Promise<void> {
	for (const { input, file, format } of OUTPUTS) {
		await build({
			root: PATHS.widget,
			configFile: false,
			logLevel: "warn",
			publicDir: false,
			build: {
				outDir,
				emptyOutDir: false,
				target: ["chrome100", "safari16.4", "firefox115"],
				modulePreload: false,
				reportCompressedSize: false,
				rolldownOptions: {
					input: join(PATHS.widget, input),
					preserveEntrySignatures: "strict",
					output: { format, entryFileNames: file },
				},
			},
		});
	}
}
