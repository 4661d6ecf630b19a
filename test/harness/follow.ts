import type { Locator } from "playwright-core";

/** Clicks what leads to another page, and waits until that page is there whole: what is read next is read on it. */
export async function follow(target: Locator): Promise<void> {
	await Promise.all([target.page().waitForEvent("load"), target.click()]);
}
