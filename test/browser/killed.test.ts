import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Shopper, type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
let state: string;
beforeAll(async () => {
	state = await mkdtemp(join(tmpdir(), "afterword-state-"));
	stage = await setStage({ state });
});
afterEach(() => stage.clear());
afterAll(async () => {
	await stage.stop();
	await rm(state, { recursive: true });
});

/** Milliseconds after the tap at which something is killed: before the request is out, on its way, and after the receipt; by build. */
const MOMENTS = [
	[0, ""],
	[2, ".lazy"],
	[10, ""],
	[40, ".lazy"],
	[400, ""],
] as const;

const KILLS = {
	"the tab": async ({ page }) => {
		await page.close();
	},
	"the tab, as a crash": async ({ page, context }) => {
		const devtools = await context.newCDPSession(page);
		const crashed = page.waitForEvent("crash");
		devtools.send("Page.crash").catch(() => {});
		await crashed;
	},
	"the network": async () => stage.line.cut(),
	"the network for good, and the tab": async ({ page }) => {
		stage.line.cut();
		await page.close();
	},
	"the Worker": async () => stage.collector.restart(),
} satisfies Record<string, (shopper: Shopper) => Promise<void>>;

test.for(Object.entries(KILLS))("killing %s at any moment after the tap leaves one answer in the end", async ([what, kill]) => {
	for (const [moment, build] of MOMENTS) {
		const order = `killed-${what.replace(/\W+/g, "-")}-${moment}${build}`;
		const shopper = await stage.shopper();
		await shopper.page.goto(stage.shop.serve({ body: stage.tag(`data-transaction="${order}"`, build) }));
		const tapped = shopper.page.getByRole("radio", { name: "2" });
		await tapped.waitFor();
		await tapped.evaluate((radio) => (radio as HTMLElement).click());
		await new Promise((later) => setTimeout(later, moment));
		await kill(shopper);
		stage.line.mend();
		const next = await shopper.context.newPage();
		await next.goto(stage.shop.serve({ body: stage.tag("", build) }));
		const asks = await stage.asksWhen(order, ([ask]) => ask !== undefined);
		expect([order, asks.map(({ outcome }) => outcome)]).toEqual([order, ["2"]]);
		await stage.clear();
	}
	expect(await stage.collector.drift()).toEqual([]);
});
