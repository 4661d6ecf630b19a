import type { BrowserContextOptions, Page } from "playwright-core";
import { findings } from "./axe.ts";
import { OPERATOR_KEY, type TestCollector, type TestSite } from "./collector.ts";
import { shareBrowser } from "./shared-browser.ts";

/** Chromium as an owner uses it. */
export interface OwnerBrowser {
	/** A page of a new browser, logged in with a site's key, or the operator's; on a phone unless `options` say otherwise. */
	logIn(who?: TestSite | "operator", options?: BrowserContextOptions): Promise<Page>;
	/** What axe finds wrong with a page in light and in dark: always nothing. */
	findings(page: Page): Promise<unknown[]>;
	/** Closes what was opened, and gives every error and console message of it: always none. */
	clear(): Promise<string[]>;
	stop(): Promise<void>;
}

/** Starts Chromium before a collector. */
export async function openOwnerBrowser(collector: TestCollector): Promise<OwnerBrowser> {
	const browser = await shareBrowser();
	const noises: string[] = [];
	return {
		async logIn(who = collector.site, options = {}) {
			const context = await browser.newContext({ locale: "en-GB", viewport: { width: 390, height: 844 }, ...options });
			context.on("weberror", (error) => noises.push(`error: ${error.error().message}`));
			context.on("console", (message) => noises.push(`${message.type()}: ${message.text()}`));
			const page = await context.newPage();
			await page.goto(`${collector.url}/app/login`);
			await page.getByLabel("Key").fill(who === "operator" ? OPERATOR_KEY : who.secretKey);
			await page.getByRole("button", { name: "Log in" }).click();
			await page.waitForURL((url) => url.pathname !== "/app/login");
			return page;
		},
		async findings(page) {
			const found: unknown[] = [];
			for (const colorScheme of ["light", "dark"] as const) {
				await page.emulateMedia({ colorScheme });
				found.push(...(await findings(page)));
			}
			return found;
		},
		async clear() {
			await browser.clear();
			return noises.splice(0);
		},
		stop: () => browser.clear(),
	};
}
