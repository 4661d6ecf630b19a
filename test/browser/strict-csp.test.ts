import { createServer, type Server } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
/** Where browsers report what a policy has stopped. */
let reports: Server;
const reported: string[] = [];

beforeAll(async () => {
	stage = await setStage();
	reports = createServer(async (request, response) => {
		let body = "";
		for await (const part of request) body += part;
		reported.push(body);
		response.writeHead(204).end();
	});
	await new Promise<void>((ready) => reports.listen(0, "127.0.0.1", ready));
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(async () => {
	reports.closeAllConnections();
	await new Promise((stopped) => reports.close(stopped));
	await stage.stop();
});

/** All that a page may be told to forbid, but for what the README of the widget asks: its scripts and its connections. */
function policy(more = ""): string {
	const address = reports.address();
	const to = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
	const allowed = `script-src ${stage.line.url}; connect-src ${stage.line.url}`;
	return `default-src 'none'; ${allowed}; require-trusted-types-for 'script'${more}; report-uri ${to}`;
}

/** Opens a page under a policy, and gives it with the violations it hears of. */
async function underPolicy(body: string, more = ""): Promise<{ page: Page; heard: string[] }> {
	const { page } = await stage.shopper();
	const heard: string[] = [];
	await page.exposeFunction("hear", (violation: string) => heard.push(violation));
	await page.addInitScript(() =>
		addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
			Object(window).hear([violatedDirective, blockedURI, sample].join(" ")),
		),
	);
	await page.goto(stage.shop.serve({ body, headers: { "content-security-policy": policy(more) } }));
	return { page, heard };
}

const display = (shown: "numbers" | "stars" | "faces") =>
	stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ display: shown }) });

/** What makes the question come, beside the page itself. */
const DEEDS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
	"": async () => {},
	"data-scroll=10": (page) => page.mouse.wheel(0, 400),
	"data-exit": async (page) => {
		await page.mouse.move(200, 200);
		await page.evaluate(() => document.dispatchEvent(new MouseEvent("mouseout", { clientY: -1 })));
	},
	"data-delay=0.2": async () => {},
	"data-purchase=datalayer": (page) =>
		page.evaluate(() => {
			Object(window).dataLayer = [{ event: "purchase", ecommerce: { transaction_id: "strict-4" } }];
		}),
	"data-consent=pending": (page) => page.evaluate(() => Object(window).afterword("consent", "granted")),
};

/** Either policy meets every look and every build, and every look both builds. */
const cases = (["", "; trusted-types 'none'"] as const).flatMap((more) =>
	(["", ".lazy"] as const).flatMap((build) =>
		(
			[
				["numbers", "inline", ""],
				["stars", "inline", "data-scroll=10"],
				["faces", "inline", "data-exit"],
				["stars", "corner", "data-delay=0.2"],
				["faces", "corner", "data-purchase=datalayer"],
				["numbers", "corner", "data-consent=pending"],
			] as const
		)
			.map((look, i) => [i, build, more, ...look] as const)
			.filter(([i]) => (i % 2 === 0) === ((build === "") === (more === ""))),
	),
);

test.for(cases)(
	"the strictest policy has nothing to report of a whole ask (%s%s.js%s, %s, %s, %s)",
	async ([number, build, more, shown, placement, wait]) => {
		reported.length = 0;
		await display(shown);
		const named = number === 4 ? "strict-4" : `strict-${number}${build}${more.length}`;
		const before = (await stage.asks(named)).length;
		const tag = stage.tag(`data-transaction="${named}" data-placement="${placement}" ${wait}`, build);
		// A presentational attribute is no inline style: it gives the page something to scroll by.
		const { page, heard } = await underPolicy(`${tag}<table height="3000"><tr><td>Below</td></tr></table>`, more);
		await expect.poll(() => page.evaluate(() => Object(window).afterword?.("why"))).toMatch(/waiting|consent|due/);
		if (/data-(scroll|exit)/.test(wait)) await page.waitForLoadState("networkidle");
		await DEEDS[wait]?.(page);
		await page.getByRole("radio", { name: "4" }).click();
		await page.getByRole("checkbox", { name: "Price" }).click();
		await page.getByRole("checkbox", { name: "Checkout" }).click();
		await page.getByLabel("Anything you would like to add?").fill("<b>Strict</b>");
		await page.locator("afterword-survey .done").click();
		await page.getByText("Thank you for your answer.").waitFor();
		const asks = await stage.asksWhen(named, (found) => found.length > before && found.at(-1)?.rev === 4);
		expect(asks.slice(before)).toMatchObject([{ outcome: "4", drivers: ["price", "checkout"], comment: "<b>Strict</b>" }]);
		expect(heard).toEqual([]);
		expect(reported).toEqual([]);
	},
);

test.for(["stars", "faces"] as const)("%s are drawn under the strictest policy as on a page without one", async (shown) => {
	await display(shown);
	const look = async (headers: Record<string, string>) => {
		const page = await stage.visit({ body: stage.tag(`data-transaction="look-${shown}"`), headers });
		await page.getByRole("radio", { name: "4" }).click();
		return page.locator("afterword-survey svg").evaluateAll((pictures) =>
			pictures.map((picture) => {
				const { width, height, fill, stroke } = getComputedStyle(picture);
				return [width, height, fill, stroke, picture.firstElementChild?.getAttribute("d")];
			}),
		);
	};
	const strict = await look({ "content-security-policy": policy() });
	expect(strict).toEqual(await look({}));
	expect(strict).toHaveLength(5);
});

test("what such a page does itself against its policy is heard and reported", async () => {
	reported.length = 0;
	const { page, heard } = await underPolicy("<p>Text</p>");
	await page.evaluate(() => document.querySelector("p")?.setAttribute("style", "color: red"));
	await expect.poll(() => heard).toEqual([expect.stringContaining("style-src")]);
	await expect.poll(() => reported).toEqual([expect.stringContaining("style-src")]);
	expect((await stage.clear()).filter((noise) => !noise.includes("Content Security Policy"))).toEqual([]);
});
