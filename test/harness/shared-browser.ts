import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { launchBrowser } from "./browser.ts";

/** A share of the Chromium of this process, for the files that it runs one after another: a start takes as long as a test. */
export interface SharedBrowser {
	newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
	/** Closes the contexts of this share and of none, so that nothing of a file is left to the next. */
	clear(): Promise<void>;
}

let running: Promise<Browser> | undefined;
const shares = new WeakMap<BrowserContext, SharedBrowser>();

/** Starts it where it does not run; it ends with the process. */
export async function shareBrowser(): Promise<SharedBrowser> {
	running ??= launchBrowser();
	const browser = await running;
	const share: SharedBrowser = {
		async newContext(options) {
			const context = await browser.newContext(options);
			shares.set(context, share);
			return context;
		},
		async clear() {
			const mine = browser.contexts().filter((context) => (shares.get(context) ?? share) === share);
			await Promise.all(mine.map((context) => context.close()));
			// One that has crashed is none for the next file.
			if (!browser.isConnected()) running = undefined;
		},
	};
	return share;
}
