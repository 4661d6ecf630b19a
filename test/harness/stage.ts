import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { startCollector, type TestCollector } from "./collector.ts";
import { type Line, layLine } from "./line.ts";
import { shareBrowser } from "./shared-browser.ts";
import { shareCollector } from "./shared-collector.ts";
import { openShop, type Shop, type ShopPage } from "./shop.ts";

/** An ask as D1 holds it, by the columns the tests of the widget look at. */
export interface StoredAsk {
	readonly id: string;
	readonly rev: number;
	readonly survey: string;
	readonly status: string;
	readonly outcome: string;
	readonly drivers: string[];
	readonly comment: string | null;
	readonly segments: Readonly<Record<string, string>>;
	readonly transaction: string | null;
	readonly customer: string | null;
	readonly page: string | null;
	readonly day: string;
	readonly shownAt: number;
}

/** A shopper's browser with nothing in its memory, and what went wrong in it. */
export interface Shopper {
	readonly context: BrowserContext;
	readonly page: Page;
	/** Errors, rejections and console messages of the pages: always empty. */
	readonly noises: string[];
}

/** The built Worker, a shop on another origin, and Chromium. */
export interface Stage {
	readonly collector: TestCollector;
	readonly shop: Shop;
	/** What lies between the browsers and the collector. */
	readonly line: Line;
	/** The tag as a merchant pastes it, with attributes. `build` is "" for the whole one. */
	tag(attributes?: string, build?: "" | ".lazy"): string;
	shopper(options?: BrowserContextOptions): Promise<Shopper>;
	/** Opens a page of the shop in a new shopper's browser. */
	visit(page: ShopPage | string, options?: BrowserContextOptions): Promise<Page>;
	/** The stored asks of one transaction, or of none, oldest first. */
	asks(transaction: string | null): Promise<StoredAsk[]>;
	/** The same, as soon as `enough` holds of them; after fifteen seconds as they are. */
	asksWhen(transaction: string | null, enough: (asks: StoredAsk[]) => boolean): Promise<StoredAsk[]>;
	/** Closes the browsers of the last test, and gives what went wrong in them. */
	clear(): Promise<string[]>;
	stop(): Promise<void>;
}

/**
 * Sets the stage: a site in English and Arabic with one declared segment. `state` is a folder for the data, in place of memory; `vars` are the
 * Worker's beside the tests' own. `alone` is a Worker of its own, as whose site /demo/ asks; otherwise, without either, it is
 * a site of the Worker that this process shares.
 */
export async function setStage({
	state = null as string | null,
	vars = {} as Readonly<Record<string, string>>,
	alone = false,
} = {}): Promise<Stage> {
	const shares = !alone && state === null && Object.keys(vars).length === 0;
	const shop = await openShop();
	const settings = { locales: ["en", "ar"], segments: { plan: ["gold", "silver"] } };
	const collector = await (shares ? shareCollector([shop.origin]) : startCollector({ origins: [shop.origin], state, vars }));
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify(settings) });
	const line = await layLine(collector.url);
	const browser = await shareBrowser();
	const shoppers: Shopper[] = [];

	const shopper = async (options: BrowserContextOptions = {}): Promise<Shopper> => {
		const context = await browser.newContext({ locale: "en-GB", ...options });
		const noises: string[] = [];
		context.on("weberror", (error) => noises.push(`error: ${error.error().message}`));
		context.on("console", (message) => noises.push(`${message.type()}: ${message.text()}`));
		const one = { context, page: await context.newPage(), noises };
		shoppers.push(one);
		return one;
	};

	const asks = async (transaction: string | null): Promise<StoredAsk[]> => {
		const rows = await collector.db
			.prepare('SELECT * FROM ask WHERE site = ?1 AND "transaction" IS ?2 ORDER BY shown_at')
			.bind(collector.site.id, transaction)
			.all();
		return rows.results.map(storedAsk);
	};

	return {
		collector,
		shop,
		line,
		shopper,
		asks,
		tag: (attributes = "", build = "") =>
			`<script async src="${line.url}/w/${collector.site.publicKey}${build}.js" ${attributes}></script>`,
		async visit(page, options) {
			const one = await shopper(options);
			await one.page.goto(shop.serve(typeof page === "string" ? { body: page } : page));
			return one.page;
		},
		async asksWhen(transaction, enough) {
			const until = Date.now() + 15_000;
			let found = await asks(transaction);
			while (!enough(found) && Date.now() < until) {
				await new Promise((later) => setTimeout(later, 50));
				found = await asks(transaction);
			}
			return found;
		},
		async clear() {
			line.mend();
			const noises = shoppers.flatMap((one) => one.noises);
			await Promise.all(shoppers.splice(0).map(({ context }) => context.close()));
			return noises;
		},
		async stop() {
			await browser.clear();
			await line.stop();
			await shop.stop();
			if (!shares) await collector.stop();
		},
	};
}

/** Waits until the question has counted as shown, and the follow-up is there. */
export async function whenShown(page: Page): Promise<void> {
	await page.waitForFunction(() => {
		const card = document.querySelector("afterword-survey")?.shadowRoot;
		return Object.keys(localStorage).length > 0 && card && card.adoptedStyleSheets.length > 1;
	});
}

/** Why the page's tag asks or does not, as soon as it says so. */
export async function gateOf(page: Page): Promise<string> {
	const gate = await page.waitForFunction(() => Object(window).afterword?.("why"));
	return String(await gate.jsonValue());
}

function storedAsk(row: Record<string, unknown>): StoredAsk {
	const text = (name: string) => (row[name] === null ? null : String(row[name]));
	return {
		id: String(row["id"]),
		rev: Number(row["rev"]),
		survey: String(row["survey"]),
		status: String(row["status"]),
		outcome: String(row["outcome"]),
		drivers: JSON.parse(text("drivers") ?? "[]"),
		comment: text("comment"),
		segments: JSON.parse(text("segments") ?? "{}"),
		transaction: text("transaction"),
		customer: text("customer"),
		page: text("page"),
		day: String(row["day"]),
		shownAt: Number(row["shown_at"]),
	};
}
