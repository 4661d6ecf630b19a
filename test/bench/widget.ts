import { brotliCompressSync, constants } from "node:zlib";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../harness/browser.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { openShop, type Shop } from "../harness/shop.ts";
import { buildQuestion } from "./build-question.ts";
import { median } from "./median.ts";

const RUNS = 21;
const PROMISED = 1.6;

/** Milliseconds after the load event in which nothing more is asked of a page: less than the second after which a question counts as seen. */
const REST_MS = 400;

/** One way to bring a question to a page. */
interface Way {
	readonly name: string;
	/** The page it comes to. */
	readonly page: string;
	/** What of the shop's memory is there before. */
	readonly memory?: readonly [key: string, value: string];
	/** Whether a question is to be seen. */
	readonly asks: boolean;
}

/** What one visit costs, beyond the requests of the page itself. Times are milliseconds of CPU of the main thread. */
interface Visit {
	readonly scripts: readonly string[];
	readonly elements: number;
	readonly scriptMs: number;
	readonly taskMs: number;
}

/**
 * What the question costs a page until it can be seen, beside the same question by hand and with a bare Preact. All ways take turns;
 * times are above those of the same page without a survey.
 */
export async function widget(): Promise<void> {
	const shop = await openShop();
	const collector = await startCollector({ origins: [shop.origin] });
	const settings = { name: "Harbour & Pine", locales: ["en"], segments: { plan: ["gold", "silver"] } };
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify(settings) });
	const browser = await launchBrowser();
	const ways = await waysOf(shop, collector);
	const visits = new Map<string, Visit[]>(ways.map(({ name }) => [name, []]));
	for (let run = 0; run <= RUNS; run++)
		for (const way of run % 2 === 0 ? ways : ways.toReversed()) {
			const seen = await visit(browser, shop, way);
			if (run > 0) visits.get(way.name)?.push(seen); // The first run warms up.
		}
	const sizes = new Map<string, number>();
	for (const way of ways) {
		const scripts = visits.get(way.name)?.[0]?.scripts ?? [];
		sizes.set(
			way.name,
			(await Promise.all(scripts.map((address) => bytesOf(address, collector)))).reduce((a, b) => a + b, 0),
		);
	}
	await browser.close();
	await collector.stop();
	await shop.stop();

	const costOf = (name: string) => {
		const of = visits.get(name) ?? [];
		const alone = visits.get(ALONE) ?? [];
		const above = (what: (visit: Visit) => number) => median(of.map(what)) - median(alone.map(what));
		const [first] = of;
		return {
			bytes: sizes.get(name) ?? 0,
			requests: first?.scripts.length ?? 0,
			elements: first?.elements ?? 0,
			scriptMs: above(({ scriptMs }) => scriptMs),
			taskMs: above(({ taskMs }) => taskMs),
		};
	};
	const floor = costOf(FLOOR);
	const shown = ways.filter(({ name }) => name !== ALONE);
	console.table(
		shown.map((way) => {
			const cost = costOf(way.name);
			const beside = (key: "bytes" | "scriptMs" | "taskMs") => (cost[key] / floor[key]).toFixed(2);
			return {
				way: way.name,
				bytes: cost.bytes,
				"of Preact's": beside("bytes"),
				requests: cost.requests,
				elements: cost.elements,
				"script ms": cost.scriptMs.toFixed(2),
				"of its": beside("scriptMs"),
				"task ms": cost.taskMs.toFixed(2),
				"of these": beside("taskMs"),
			};
		}),
	);
	const whole = costOf(WHOLE);
	for (const [what, ratio] of [
		["Bytes", whole.bytes / floor.bytes],
		["Script time", whole.scriptMs / floor.scriptMs],
	] as const)
		console.log(
			`Promised: at most ${PROMISED} of a bare Preact. ${what}: ${ratio.toFixed(2)}, ${ratio <= PROMISED ? "kept" : "broken"}.`,
		);
}

const ALONE = "the page alone";
const FLOOR = "a bare Preact";
const WHOLE = "whole";

async function waysOf(shop: Shop, collector: TestCollector): Promise<Way[]> {
	const script = (code: string) => shop.serve({ document: code, headers: { "content-type": "text/javascript" } });
	const page = (tag: string) => shop.serve({ body: tag });
	const bare = async (file: "vanilla.js" | "preact.jsx") =>
		page(`<script async data-bench src="${script(await buildQuestion(file))}"></script>`);
	const tag = (build: string) =>
		page(
			`<script async src="${collector.url}/w/${collector.site.publicKey}${build}.js" data-survey="nps" data-transaction="1001"></script>`,
		);
	const lazy = tag(".lazy");
	const asked = { id: "0", key: 0, survey: "nps", version: 1, status: "shown", rev: 0, shownAt: Date.now(), origin: 0, tick: 0 };
	const memory = JSON.stringify({ asks: [asked], quietUntil: 0 });
	return [
		{ name: ALONE, page: page(""), asks: false },
		{ name: "by hand", page: await bare("vanilla.js"), asks: true },
		{ name: FLOOR, page: await bare("preact.jsx"), asks: true },
		{ name: WHOLE, page: tag(""), asks: true },
		{ name: "lazy, due", page: lazy, asks: true },
		{ name: "lazy, not due", page: lazy, memory: [`afterword:${collector.site.publicKey}`, memory], asks: false },
	];
}

/** Opens a page in a browser that has been to the shop before, and lets it come to rest. */
async function visit(browser: Browser, shop: Shop, { name, page: address, memory, asks }: Way): Promise<Visit> {
	const context = await browser.newContext({ locale: "en-GB" });
	try {
		const page = await context.newPage();
		await page.goto(`${shop.origin}/before`);
		if (memory) await page.evaluate(([key, value]) => localStorage.setItem(key, value), memory);
		const devtools = await context.newCDPSession(page);
		const scripts: string[] = [];
		devtools.on("Network.requestWillBeSent", ({ request, type }) => {
			if (type !== "Document" && !request.url.endsWith("/favicon.ico")) scripts.push(request.url);
		});
		await devtools.send("Network.enable");
		await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
		const metrics = async () => {
			const { metrics: list } = await devtools.send("Performance.getMetrics");
			return (wanted: string) => (list.find((metric) => metric.name === wanted)?.value ?? 0) * 1000;
		};
		const before = await metrics();
		await page.goto(address);
		await page.waitForTimeout(REST_MS);
		const after = await metrics();
		const sent = [...scripts];
		const elements = await page.evaluate(() => {
			const host = document.querySelector("afterword-survey");
			return host ? host.querySelectorAll("*").length + (host.shadowRoot?.querySelectorAll("*").length ?? 0) + 1 : 0;
		});
		if (elements > 0 !== asks) throw new Error(`${name}: ${elements} elements`);
		const spent = (metric: string) => after(metric) - before(metric);
		return { scripts: sent, elements, scriptMs: spent("ScriptDuration"), taskMs: spent("TaskDuration") };
	} finally {
		await context.close();
	}
}

/** Bytes of a file as an edge sends it (brotli, quality 5), the collector at an address of usual length. */
async function bytesOf(address: string, { url }: TestCollector): Promise<number> {
	const text = (await (await fetch(address)).text()).replaceAll(url, "https://feedback.example.com");
	return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}
