import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";

let collector: TestCollector;
let owner: OwnerBrowser;
let folder: string;
beforeAll(async () => {
	collector = await startCollector();
	owner = await openOwnerBrowser(collector);
	folder = await mkdtemp(join(tmpdir(), "afterword-room-"));
});
afterEach(async () => {
	expect(await owner.clear()).toEqual([]);
	expect(await collector.drift()).toEqual([]);
});
afterAll(async () => {
	await owner.stop();
	await collector.stop();
	await rm(folder, { recursive: true, force: true });
});

/** A file with `lines` answers, every hundredth without a score. */
async function fileOf(name: string, lines: number): Promise<string> {
	const day = (i: number) => new Date(Date.now() - (1 + (i % 200)) * 86_400_000).toISOString().slice(0, 10);
	const rows = Array.from(
		{ length: lines },
		(_, i) => `${name}-${i};${i % 100 === 2 ? "" : i % 11};${day(i)};"Said ""so"",\n👍 ${i}";${i % 2 ? "gold" : "free"}`,
	);
	const path = join(folder, `${name}.csv`);
	await writeFile(path, `\uFEFFRef;Rating;Day of it;Words;Plan\r\n${rows.join("\r\n")}\r\n`);
	return path;
}

async function look(page: Page, path: string) {
	await page.goto(`${collector.url}/app/import`);
	await page.getByLabel("File", { exact: true }).setInputFiles(path);
	await page.getByLabel("Survey that it answers").selectOption("nps");
	await page.getByRole("button", { name: "Look at the file" }).click();
	await page.getByRole("heading", { name: "Which column is what" }).waitFor();
}

test("without a script a small file is looked at, put right and brought in; what was refused is named", async () => {
	const page = await owner.logIn(collector.site, { javaScriptEnabled: false });
	await look(page, await fileOf("small", 300));
	expect(await page.getByLabel("Score", { exact: true }).inputValue()).toBe("Rating");
	expect(await page.getByLabel("When it was answered").inputValue()).toBe("Day of it");
	expect(await page.getByLabel("Comment", { exact: true }).inputValue()).toBe("");
	await page.getByLabel("Comment", { exact: true }).selectOption("Words");
	await page.getByLabel("Its id there").selectOption("Ref");
	await page.getByLabel("plan: free, gold").check();
	await page.getByRole("button", { name: "Look again" }).click();
	await page.getByRole("cell", { name: 'Said "so", 👍 0' }).waitFor();
	const [preview, why] = ["The first lines, as they would be kept", "refused: Score: must be there"];
	const [box, refused] = [
		await page.getByRole("region", { name: preview }).boundingBox(),
		await page.getByText(why).boundingBox(),
	];
	expect([box && refused && refused.x >= box.x, box && refused && refused.x + refused.width <= box.x + box.width]).toEqual([
		true,
		true,
	]);
	expect(await page.getByLabel("Comment", { exact: true }).inputValue()).toBe("Words");
	await page.getByRole("button", { name: "Bring them in" }).click();
	await page.getByText("answers kept").waitFor();
	expect(await page.getByRole("definition").allInnerTexts()).toEqual(["lines read", "answers kept", "lines refused"]);
	expect(await page.getByRole("term").allInnerTexts()).toEqual(["300", "297", "3"]);
	expect(await page.getByRole("row", { name: /Score: must be there/ }).count()).toBe(3);
	const { segments } = await (await collector.owner("/v1/segments?key=plan&window=365d&survey=nps")).json();
	expect(JSON.stringify(segments)).toContain('"gold"');

	await page.getByRole("link", { name: "Take this import back" }).click();
	await page.getByRole("button", { name: "Take it back" }).click();
	await page.getByText("answers taken out again").waitFor();
	expect((await collector.score("nps", "365d")).responses).toBe(0);
	await page.goto(`${collector.url}/app/import`);
	await page.getByRole("cell", { name: "taken back" }).waitFor();
	const list = page.getByRole("region", { name: "Imports so far" });
	expect(await list.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
});

test("with one, a long file is sent in parts; interrupted, the page goes on where it was when the file is chosen again", async () => {
	const page = await owner.logIn(collector.site, { viewport: { width: 1280, height: 900 } });
	const path = await fileOf("long", 12_000);
	let parts = 0;
	let reached = () => {};
	const second = new Promise<void>((resolve) => {
		reached = resolve;
	});
	await page.route("**/lines", async (route) => {
		if (++parts === 2) reached();
		else await route.continue();
	});
	const bring = async () => {
		await look(page, path);
		if (parts === 0) expect(await owner.findings(page)).toEqual([]);
		await page.getByLabel("Comment", { exact: true }).selectOption("Words");
		await page.getByRole("button", { name: "Bring them in" }).click();
	};
	await bring();
	await second;
	await page.goto("about:blank");
	const { imports } = await (await collector.owner("/v1/imports")).json();
	expect(imports[0]).toMatchObject({ state: "open", read: 5_000, next_line: 5_002 });
	await page.goto(`${collector.url}/app/import`);
	expect(await owner.findings(page)).toEqual([]);
	await bring();
	await page.waitForURL(/\/app\/import\/\w+$/);
	expect(await page.getByRole("term").allInnerTexts()).toEqual(["12,000", "11,880", "120"]);
	expect((await collector.score("nps", "365d")).responses).toBe(11_880);
	expect(await owner.findings(page)).toEqual([]);
});
