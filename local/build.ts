import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { buildWidget } from "./build-widget.ts";
import { PATHS } from "./paths.ts";

/** Builds the widget, then the Worker around it, with the bundler that deploys it: what is tested is what is shipped. */
export async function build(): Promise<void> {
	await rm(PATHS.builtWorker, { recursive: true, force: true });
	await buildWidget(PATHS.builtWidget);
	const wrangler = ["node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run", "--outdir", PATHS.builtWorker];
	await promisify(execFile)(process.execPath, wrangler, {
		cwd: PATHS.root,
		env: { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", NO_COLOR: "1" },
	});
}

if (import.meta.main) await build();
