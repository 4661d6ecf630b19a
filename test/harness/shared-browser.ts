import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { launchBrowser } from "./browser.ts";

/** A share of the Chromium of this process, for the files that it runs one after another: a start takes as long as a test. */
export interface SharedBrowser {
	newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
	/** Closes the contexts of this share, so that nothing of a file is left to the next. */
	clear(): Promise<void>;
}

let running: Promise<Browser> | undefined;

/** Starts it where it does not run; it ends with the process. */
export async function shareBrowser(): Promise<SharedBrowser> {
	running ??= launchBrowser();
	const browser = await running;
	const contexts: BrowserContext[] = [];
	return {
		async newContext(options) {
			const context = await browser.newContext(options);
			contexts.push(context);
			return context;
		},
		async clear() {
			await Promise.all(contexts.splice(0).map((context) => context.close()));
			// One that has crashed is none for the next file.
			if (!browser.isConnected()) running = undefined;
		},
	};
}
