import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type HtmlElement, htmlReader } from "../../harness/html-elements.ts";
import { openPrestaShop, type PrestaShop } from "../../harness/shops/prestashop.ts";

const ADDRESS = "https://feedback.example/w/aw_pub_0123456789abcdefABCDEF.js";
const SECRET = `aw_tx_${"k".repeat(34)}WXYZ`;

const FORM = {
	submitAfterword: "1",
	AFTERWORD_ADDRESS: ADDRESS,
	AFTERWORD_SURVEY: "csat",
	AFTERWORD_PLACEMENT: "corner",
	AFTERWORD_LOCALE: "he",
	AFTERWORD_CONSENT: "1",
	AFTERWORD_KID: "a1",
	AFTERWORD_SECRET: SECRET,
	AFTERWORD_FORGET: "0",
	AFTERWORD_BUYER: "email",
};

let shop: PrestaShop;
let read: (html: string) => Promise<HtmlElement[]>;
beforeAll(async () => {
	[shop, read] = await Promise.all([openPrestaShop("7.4"), htmlReader()]);
});

describe("the form", () => {
	beforeEach(() => shop.request("$module->uninstall();"));

	const save = (changes: object = {}) => shop.request("echo $module->getContent();", { form: { ...FORM, ...changes } });
	const stored = async () => JSON.parse(await shop.request("echo json_encode(AfterwordSettings::all());"));
	const SAVED = {
		address: ADDRESS,
		survey: "csat",
		placement: "corner",
		locale: "he",
		consent: "1",
		kid: "a1",
		secret: SECRET,
		buyer: "email",
	};

	test("is saved, and shows what is saved, but for the secret", async () => {
		const page = await save();
		expect(await stored()).toEqual(SAVED);
		expect(page).toContain("alert-success");
		expect(page).not.toContain(SECRET);
		expect(page).toContain("It ends in WXYZ.");
		const controls = await read(page);
		const control = (name: string) => controls.find(({ attributes }) => attributes["name"] === name)?.attributes["value"];
		expect([control("AFTERWORD_ADDRESS"), control("AFTERWORD_KID"), control("AFTERWORD_SECRET")]).toEqual([ADDRESS, "a1", ""]);
	});

	test("keeps the secret when it is saved again without it, until it is to be forgotten", async () => {
		await save();
		await save({ AFTERWORD_SECRET: "" });
		expect(await stored()).toEqual(SAVED);
		await save({ AFTERWORD_SECRET: "", AFTERWORD_FORGET: "1" });
		expect(await stored()).toEqual({ ...SAVED, secret: "" });
	});

	test("takes the whole tag, and keeps its address", async () => {
		await save({ AFTERWORD_ADDRESS: `<script async src="${ADDRESS}" data-transaction="{{ order_number }}"></script>` });
		expect(await stored()).toEqual(SAVED);
	});

	test.for([
		["ADDRESS", "https://feedback.example/"],
		["ADDRESS", `${ADDRESS}"><script>`],
		["KID", "Not a kid"],
		["SECRET", "aw_sk_0123"],
		["SURVEY", "A survey"],
		["LOCALE", `en" onload="`],
		["PLACEMENT", "top"],
		["CONSENT", "perhaps"],
		["BUYER", "everything"],
	] as const)("tells that %s cannot be %s, and leaves it as it is", async ([name, value]) => {
		await save();
		const page = await save({ [`AFTERWORD_${name}`]: value, AFTERWORD_FORGET: "1" });
		expect(page).toContain("alert-danger");
		expect(page).not.toContain(`value="${value}"`);
		expect(await stored()).toEqual(SAVED);
	});

	test("goes with the module", async () => {
		await save();
		expect(
			await shop.request(
				"echo $module->uninstall() ? 'gone ' : ''; echo json_encode(unserialize(file_get_contents('/configuration')));",
			),
		).toBe("gone []");
	});
});

test.for([
	["8.0.0", true],
	["8.2.4", true],
	["9.0.2", true],
	["1.7.8", false],
	["10.0.0", false],
] as const)("PrestaShop %s installs the module: %s", async ([version, fits]) => {
	const installed = await shop.request("echo json_encode([$module->install(), Module::$hooks]);", { version });
	expect(JSON.parse(installed)).toEqual(fits ? [true, ["displayOrderConfirmation"]] : [false, []]);
});

test("every folder sends a browser away that opens it", async () => {
	const folders = ["", "classes/", "views/", "views/templates/", "views/templates/hook/"];
	const there = await shop.request(
		"foreach ($given as $folder) { echo is_file(\"/modules/afterword/{$folder}index.php\") ? '.' : $folder; }",
		folders,
	);
	expect(there).toBe(".".repeat(folders.length));
});
