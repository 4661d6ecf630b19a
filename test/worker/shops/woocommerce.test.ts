import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type HtmlElement, htmlReader } from "../../harness/html-elements.ts";
import type { ShopSettings } from "../../harness/shops/shop-system.ts";
import { openWooCommerce, type WooCommerce } from "../../harness/shops/woocommerce.ts";

const PLUGIN = fileURLToPath(new URL("../../../examples/woocommerce/afterword/", import.meta.url));
const ADDRESS = "https://feedback.example/w/aw_pub_0123456789abcdefABCDEF.js";
const SECRET = `aw_tx_${"k".repeat(34)}WXYZ`;
const ORDER = { number: "1001", created: 1_800_000_000 };
const MANAGER = { admin: true, can: ["manage_woocommerce"] };

let shop: WooCommerce;
let read: (html: string) => Promise<HtmlElement[]>;
beforeAll(async () => {
	[shop, read] = await Promise.all([openWooCommerce("7.4"), htmlReader()]);
});

const NONCE = "nonce of afterword-options";

/** Saves the form of the settings, as wp-admin/options.php does; what it answers. */
const save = (fields: object, changes: object = {}, given: object = MANAGER) =>
	shop.request("echo options_php($given['form']);", {
		...given,
		form: { option_page: "afterword", _wpnonce: NONCE, afterword_settings: fields, ...changes },
	});
const stored = async () => JSON.parse(await shop.request("echo json_encode(get_option('afterword_settings'));"));
const settingsPage = (given: object = MANAGER) => shop.request("($GLOBALS['pages']['afterword'][2])();", given);
const FIELDS = { address: ADDRESS, kid: "a1", secret: SECRET, buyer: "email", survey: "csat", placement: "corner", locale: "he" };

describe("the settings", () => {
	beforeEach(() => shop.request("delete_option('afterword_settings');"));

	test("are saved, and stand in the form, but for the secret", async () => {
		expect(await save({ ...FIELDS, consent: "statistics" })).toBe("");
		expect(await stored()).toEqual({ ...FIELDS, consent: "statistics" });
		const page = await settingsPage();
		expect(page).not.toContain(SECRET);
		const controls = await read(page);
		const control = (name: string) =>
			controls.find(({ attributes }) => attributes["name"] === `afterword_settings[${name}]`)?.attributes;
		expect(control("address")).toMatchObject({ value: ADDRESS });
		expect(control("secret")).toMatchObject({ type: "password", value: "", placeholder: "aw_tx_…WXYZ", autocomplete: "off" });
		const chosen = controls.filter(({ attributes }) => "selected" in attributes).map(({ attributes }) => attributes["value"]);
		expect(chosen).toEqual(["corner", "statistics", "email"]);
	});

	test("keep the secret when the form is saved again without it, until it is to be forgotten", async () => {
		await save(FIELDS);
		await save({ ...FIELDS, secret: "" });
		expect(await stored()).toMatchObject({ secret: SECRET });
		await save({ ...FIELDS, secret: "", forget_secret: "1" });
		expect(await stored()).toMatchObject({ secret: "" });
	});

	test("take the whole tag, and keep its address", async () => {
		await save({
			...FIELDS,
			address: `\n<script async src="${ADDRESS}?lang=he" data-transaction="{{ order_number }}"></script> `,
		});
		expect(await stored()).toMatchObject({ address: `${ADDRESS}?lang=he` });
	});

	test.for([
		["address", "javascript:alert(1)//w/aw_pub_0123456789abcdefABCDEF.js"],
		["address", "http://feedback.example/w/aw_pub_0123456789abcdefABCDEF.js"],
		["address", `${ADDRESS}" onload="alert(1)`],
		["address", "https://feedback.example/w/aw_pub_short.js"],
		["address", "https://user@feedback.example/w/aw_pub_0123456789abcdefABCDEF.js"],
		["kid", "Not a kid"],
		["secret", "aw_sk_0123"],
		["survey", "A survey"],
		["locale", `en" onload="`],
		["placement", "top"],
		["buyer", "everything"],
		["consent", "all"],
	] as const)("tell that the %s cannot be %s, and stay as they are", async ([name, value]) => {
		await save(FIELDS);
		expect(await save({ ...FIELDS, [name]: value })).not.toBe("");
		expect(await stored()).toEqual({ ...FIELDS, consent: "" });
	});

	test("are nothing but text, whatever is submitted", async () => {
		await save({ address: ["x"], kid: { a: "b" }, more: "<script>" });
		expect(await stored()).toEqual({
			address: "",
			kid: "",
			secret: "",
			buyer: "number",
			survey: "",
			placement: "",
			locale: "",
			consent: "",
		});
	});

	test("are saved by nobody but who sets up the shop, and from nowhere but their form", async () => {
		expect(await save(FIELDS, {}, { admin: true, can: ["edit_posts", "manage_options"] })).toMatch(/not allowed/);
		expect(await save(FIELDS, { _wpnonce: "" })).toMatch(/expired/);
		expect(await stored()).toBe(false);
		expect(await settingsPage({ admin: true, can: ["edit_posts"] })).toBe("");
		expect(await shop.request("echo json_encode(array_slice($GLOBALS['pages']['afterword'], 0, 2));", MANAGER)).toBe(
			'["woocommerce","manage_woocommerce"]',
		);
	});

	test("go with the plugin, and nothing else does", async () => {
		await save(FIELDS);
		await shop.request(
			"update_option('blogname', 'Conca'); define('WP_UNINSTALL_PLUGIN', 'afterword/afterword.php'); require dirname(Afterword\\FILE) . '/uninstall.php';",
		);
		expect(await shop.request("echo json_encode(options_of_file());")).toBe('{"blogname":"Conca"}');
	});

	test("may lack the secret, where wp-config.php has it", async () => {
		const config = `define('AFTERWORD_SECRET', '${SECRET}');`;
		await save({ ...FIELDS, secret: "" });
		const order = { ...ORDER, status: "processing", buyer: 0, email: "", country: "", currency: "", payment: "" };
		expect(await shop.request(`${config} do_action('woocommerce_thankyou', 17);`, { order })).toContain("data-token=");
		expect(await shop.request(`${config} ($GLOBALS['pages']['afterword'][2])();`, MANAGER)).not.toMatch(/type="password"|WXYZ/);
	});
});

test("the tag stands behind what optimisers read before its address", async () => {
	const [tag] = await read(await shop.confirmation({ address: ADDRESS }, ORDER));
	const names = Object.keys(tag?.attributes ?? {});
	const marks = [
		"data-cfasync",
		"data-no-optimize",
		"data-no-defer",
		"data-noptimize",
		"data-no-minify",
		"nowprocket",
		"data-jetpack-boost",
	];
	expect(names).toEqual([
		"async",
		...marks,
		"src",
		"data-transaction",
		...["country", "currency", "payment"].map((key) => `data-segment-${key}`),
	]);
	expect(tag?.attributes).toMatchObject({ "data-cfasync": "false", "data-no-optimize": "1" });
});

test.for([
	["classic", false],
	["made of blocks", true],
] as const)(
	"a confirmation that is %s has the tag, and passes consent on behind the WP Consent API, where it is to wait",
	async ([, of_blocks]) => {
		const scriptsOf = async (settings: ShopSettings) =>
			(await read(await shop.page({ address: ADDRESS, ...settings }, ORDER, { of_blocks }))).filter(
				({ name }) => name === "script",
			);
		const [tag, ...scripts] = await scriptsOf({ consent: true });
		expect(tag?.attributes).toMatchObject({ "data-transaction": "1001", "data-consent": "pending" });
		expect(scripts.map(({ attributes }) => attributes["id"])).toEqual([
			"wp-consent-api-js",
			"afterword-consent-js-before",
			"afterword-consent-js",
		]);
		expect(scripts[1]?.text).toBe('var afterwordConsent = "statistics";');
		const plain = (await scriptsOf({})).map(({ attributes }) => attributes["id"] ?? attributes["src"]);
		expect(plain).toEqual([ADDRESS, "wp-consent-api-js"]);
	},
);

test("a confirmation of blocks says nothing to whom the shop does not show the order", async () => {
	const page = await shop.page({ address: ADDRESS, consent: true }, ORDER, { of_blocks: true, may_see: false });
	expect((await read(page)).map(({ attributes }) => attributes["id"])).toEqual(["wp-consent-api-js"]);
});

test("the WP Consent API is told that the plugin asks it", async () => {
	expect(
		await shop.request("echo apply_filters('wp_consent_api_registered_afterword/afterword.php', false) ? 'asks' : '';"),
	).toBe("asks");
});

test("WooCommerce is told that the plugin goes with its order tables and its blocks", async () => {
	const declared = await shop.request("echo json_encode(Automattic\\WooCommerce\\Utilities\\FeaturesUtil::$declared);");
	const yes = ["afterword/afterword.php", true];
	expect(JSON.parse(declared)).toEqual({ custom_order_tables: yes, cart_checkout_blocks: yes });
});

test("a shop that has the lines that sign in its theme keeps them", async () => {
	const order = { ...ORDER, status: "processing", buyer: 0, email: "", country: "", currency: "", payment: "" };
	await save(FIELDS);
	const page = await shop.request(
		"function afterword_token() { return 'of the theme'; } do_action('woocommerce_thankyou', 17);",
		{ order },
	);
	expect(page).toContain('data-token="of the theme"');
});

test("no file does anything when it is opened by its address", async () => {
	const files = (await readdir(PLUGIN, { recursive: true })).filter((name) => name.endsWith(".php"));
	expect(files.length).toBeGreaterThan(7);
	for (const file of files) expect(await shop.alone(file)).toBe("");
});

test("every word of the settings can be translated, and the versions agree", async () => {
	const text = async (name: string) => readFile(PLUGIN + name, "utf8");
	const sources = (await Promise.all(["includes/settings.php", "includes/settings-page.php"].map(text))).join("");
	const words = [...sources.matchAll(/__\('((?:[^'\\]|\\.)*)', 'afterword'\)/g)].map(([, word = ""]) =>
		word.replaceAll("\\'", "'"),
	);
	const template = await text("languages/afterword.pot");
	const ids = [...template.matchAll(/^msgid "(.+)"$/gm)].map(([, id = ""]) => id.replaceAll('\\"', '"'));
	expect(words.length).toBeGreaterThan(25);
	expect(new Set(ids)).toEqual(new Set(words));
	const version = /^ \* Version: +(\S+)$/m.exec(await text("afterword.php"))?.[1];
	expect(await text("readme.txt")).toContain(`Stable tag: ${version}\n`);
	expect(await text("afterword.php")).toContain(`const VERSION = '${version}';`);
});
