import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { bundle } from "./bundle.ts";
import { sessionToken } from "./session-tokens.ts";
import type { Stage } from "./stage.ts";

const EXTENSION = fileURLToPath(new URL("../../examples/shopify/extensions/afterword-question/", import.meta.url));

/** The extension's files by the targets that its toml names. */
const MODULES = {
	"purchase.thank-you.block.render": "src/ThankYou.tsx",
	"customer-account.order-status.block.render": "src/OrderStatus.tsx",
} as const;

/** What Shopify's own page says, and what it has kept from earlier pages. */
export interface CheckoutPage {
	readonly target?: keyof typeof MODULES;
	/** The order's global id. */
	readonly order?: string;
	readonly name?: string;
	readonly language?: string;
	readonly settings?: Readonly<Record<string, string>>;
	readonly storage?: Readonly<Record<string, unknown>>;
	readonly editor?: boolean;
	/** What `shopify.sessionToken.get()` gives; of the tests' own app where it is left out. */
	readonly token?: () => string;
}

/** The block on a page. */
export interface Block {
	readonly page: Page;
	/** Chooses in the list of that name: the score, or reasons. */
	choose(list: "score" | "reasons", ...values: string[]): Promise<void>;
	write(comment: string): Promise<void>;
	press(button: string): Promise<void>;
	/** All that it says: what its elements hold, and their labels. */
	text(): Promise<string>;
	/** Waits until it says something. */
	says(text: string): Promise<void>;
	/** What Shopify keeps for it. */
	storage(): Promise<Record<string, unknown>>;
}

/** Shopify's checkout as its own test renderer makes it, in a page of no origin, with the extension as its toml names it. */
export interface Checkout {
	open(page?: CheckoutPage): Promise<Block>;
}

/** Builds the extension, and Shopify's test renderer for a browser: of Node it wants a file system, in which lies the toml. */
export async function openCheckout(stage: Stage): Promise<Checkout> {
	const toml = await readFile(`${EXTENSION}shopify.extension.toml`, "utf8");
	const virtual = {
		fs: `const files = { "/extension/shopify.extension.toml": ${JSON.stringify(toml)} };
			export const existsSync = (path) => path in files;
			export const readFileSync = (path) => files[path];
			export const statSync = () => ({ mtimeMs: 0 });`,
		path: `export const join = (...parts) => parts.join("/");
			export const dirname = (path) => path.replace(/\\/[^/]*$/, "") || "/";
			export const parse = () => ({ root: "/" });
			export const resolve = (folder, path) => new URL(path, "file://" + folder + "/").pathname;`,
	};
	const tester = await bundle(fileURLToPath(new URL("./shopify-tester-entry.ts", import.meta.url)), { virtual });
	const modules = new Map<string, string>();
	for (const file of Object.values(MODULES)) modules.set(`/extension/${file}`, await bundle(EXTENSION + file));

	return {
		async open({ token = sessionToken, ...said } = {}) {
			const { page } = await stage.shopper();
			const collectorTag = `${stage.line.url}/w/${stage.collector.site.publicKey}.js`;
			const settings = { tag: collectorTag, ...said.settings };
			await page.exposeFunction("freshToken", () => token());
			await page.route("**/extension/**", (route) =>
				route.fulfill({
					body: modules.get(new URL(route.request().url()).pathname) ?? "",
					contentType: "text/javascript",
					headers: { "access-control-allow-origin": "*" },
				}),
			);
			const head = '<!doctype html><html><head><meta charset="utf-8"><title>Checkout</title></head><body></body></html>';
			const headers = { "content-security-policy": "sandbox allow-scripts" };
			await page.goto(stage.shop.serve({ document: head, headers }));
			await page.addScriptTag({ type: "module", content: tester });
			await page.waitForFunction(() => "renderExtension" in window);
			await page.evaluate((said) => Object(window).renderExtension(said), {
				target: "purchase.thank-you.block.render",
				order: "gid://shopify/OrderIdentity/5001",
				...said,
				settings,
			});
			return blockOn(page);
		},
	};
}

function blockOn(page: Page): Block {
	const text = () =>
		page.evaluate(() => {
			const labels = [...document.body.querySelectorAll("[label],[heading],[accessibilitylabel],[accessibilityLabel]")];
			const named = labels.flatMap((element) =>
				["label", "heading", "accessibilityLabel"].map((name) => element.getAttribute(name) ?? ""),
			);
			return [document.body.textContent, ...named].join("\n");
		});
	return {
		page,
		text,
		choose: (list, ...values) =>
			page.locator(`s-choice-list[name="${list}"]`).evaluate((element, values) => {
				Object.assign(element, { values }).dispatchEvent(new Event("change", { bubbles: true }));
			}, values),
		write: (comment) =>
			page.locator("s-text-area").evaluate((element, value) => {
				Object.assign(element, { value }).dispatchEvent(new Event("input", { bubbles: true }));
			}, comment),
		press: (button) => page.locator("s-button", { hasText: button }).evaluate((element) => (element as HTMLElement).click()),
		async says(words) {
			await page.waitForFunction((words) => {
				const labels = [...document.body.querySelectorAll("[label],[heading]")];
				const named = labels.map((element) => `${element.getAttribute("label")} ${element.getAttribute("heading")}`);
				return `${document.body.textContent} ${named}`.includes(words);
			}, words);
		},
		storage: () => page.evaluate(() => Object(window).kept()),
	};
}
