import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const AXE = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** What axe finds wrong with the page, all of its rules and best practices. */
export async function findings(page: Page): Promise<string[]> {
	// A page that was looked at before has it still. Sent this way, half a megabyte is read once less than `evaluate` reads it.
	if (!(await page.evaluate(() => "axe" in window))) {
		const session = await page.context().newCDPSession(page);
		await session.send("Runtime.evaluate", { expression: AXE });
		await session.detach();
	}
	const violations: { id: string; nodes: { html: string }[] }[] = await page.evaluate(
		async () => (await Object(window).axe.run(document, { resultTypes: ["violations"] })).violations,
	);
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
