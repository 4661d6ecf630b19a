import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PATHS } from "../../../local/paths.ts";
import { type HtmlElement, htmlReader } from "../../harness/html-elements.ts";
import { type Magento, openMagento } from "../../harness/shops/magento.ts";

const ADDRESS = "https://feedback.example/w/aw_pub_0123456789abcdefABCDEF.js";
const SECRET = `aw_tx_${"k".repeat(38)}`;
const SETTINGS = { address: ADDRESS, kid: "a1", secret: SECRET };
const ORDER = { number: "000000017", created: 1_800_000_000 };

let shop: Magento;
let read: (html: string) => Promise<HtmlElement[]>;
beforeAll(async () => {
	[shop, read] = await Promise.all([openMagento("8.4"), htmlReader()]);
});

describe("the confirmation", () => {
	test("asks where Magento has a place for more, which a script that is moved still finds", async () => {
		const { html } = await shop.page(SETTINGS, ORDER);
		expect(Object.keys(html)).toEqual(["order.success.additional.info"]);
		const [place, tag] = await read(Object.values(html).join(""));
		expect(tag?.attributes["data-element"]).toBe(`#${place?.attributes["id"]}`);
	});

	test("of a checkout with several addresses asks once, about its first order", async () => {
		const { html } = await shop.page(SETTINGS, ORDER, "several addresses");
		expect(Object.keys(html)).toEqual(["content"]);
		const tags = (await read(Object.values(html).join(""))).filter(({ name }) => name === "script");
		expect(tags.map(({ attributes }) => attributes["data-transaction"])).toEqual([ORDER.number]);
	});

	test.for([
		[ADDRESS, "https://feedback.example"],
		[ADDRESS.replace(".example", ".example:8443"), "https://feedback.example:8443"],
	] as const)("lets the page load %s and send to its host, and no other", async ([address, host]) => {
		const { policies } = await shop.page({ ...SETTINGS, address }, ORDER);
		expect(policies).toEqual(["script-src https://shop.example", `script-src ${host}`, `connect-src ${host}`]);
	});

	test.for([
		["nothing is set", {}, ORDER],
		["the order was cancelled", SETTINGS, { ...ORDER, status: "cancelled" as const }],
		["there is no order", SETTINGS, null],
	] as const)("leaves the page's policies alone where %s", async ([, settings, order]) => {
		expect((await shop.page(settings, order)).policies).toEqual(["script-src https://shop.example"]);
	});

	test("leaves every other page alone", async () => {
		const policies = await shop.request(
			`Config::save(['afterword/question/address' => '${ADDRESS}']);
			echo json_encode(page('checkout_onepage_success', 'some_other_event', []));`,
		);
		expect(JSON.parse(policies)).toEqual({
			html: { "order.success.additional.info": "" },
			policies: ["script-src https://shop.example"],
		});
	});

	test("is never kept for the next shopper", async () => {
		for (const handle of ["checkout_onepage_success", "multishipping_checkout_success"]) {
			const cacheable = await shop.request(
				`echo xml('view/frontend/layout/${handle}.xml')->query('//block')->item(0)->getAttribute('cacheable');`,
			);
			expect(cacheable).toBe("false");
		}
	});
});

describe("the static list of hosts", () => {
	/** What `csp_whitelist.xml` allows once what `$edit` makes of its text is read as Magento reads it. */
	const allowed = async (edit: string) =>
		JSON.parse(
			await shop.request(
				`$text = file_get_contents(Magento\\Framework\\Component\\ComponentRegistrar::$modules['Afterword_Survey'] . '/etc/csp_whitelist.xml');
				$document = new DOMDocument();
				if (!$document->loadXML(${edit})) { throw new Exception('not well-formed'); }
				$path = new DOMXPath($document);
				$found = ['schema' => $document->documentElement->getAttribute('xsi:noNamespaceSchemaLocation'), 'hosts' => []];
				foreach ($path->query('/csp_whitelist/policies/policy[@id]/values/value[@id and @type = "host"]') as $value) {
					$found['hosts'][] = $value->parentNode->parentNode->getAttribute('id') . ' ' . $value->nodeValue;
				}
				$named = 'self::csp_whitelist or self::policies or self::policy or self::values or self::value';
				$found['others'] = $path->query("//*[not($named)]")->length + $path->query('//value')->length - count($found['hosts']);
				echo json_encode($found);`,
			),
		);
	const schema = "urn:magento:module:Magento_Csp:etc/csp_whitelist.xsd";

	test("allows nothing as it comes", async () => {
		expect(await allowed("$text")).toEqual({ schema, hosts: [], others: 0 });
	});

	test("allows the host to be loaded and sent to once its comment is taken away", async () => {
		expect(await allowed("preg_replace('/(<policies>\\s*)<!--(.*?)-->/s', '$1$2', $text)")).toEqual({
			schema,
			hosts: ["script-src https://feedback.example", "connect-src https://feedback.example"],
			others: 0,
		});
	});
});

describe("the configuration", () => {
	const save = (path: string, value: string) =>
		shop.request(
			`file_put_contents('/config', serialize(['afterword/question/address' => 'before', 'afterword/signing/kid' => 'before']));
			try { Config::save([$given[0] => $given[1]]); } catch (Magento\\Framework\\Exception\\LocalizedException $e) { echo 'told '; }
			echo Config::saved()[$given[0]];`,
			[path, value],
		);

	test("keeps the secret encrypted, and leaves it when the stars of the form come back", async () => {
		const path = "afterword/signing/secret";
		const kept = await shop.request(
			"file_put_contents('/config', serialize([])); Config::save([$given[0] => $given[1]]); Config::save([$given[0] => '******']); echo Config::saved()[$given[0]];",
			[path, SECRET],
		);
		expect(kept).toMatch(/^0:3:/);
		expect(kept).not.toContain(SECRET);
		expect(await shop.request(`echo (new Config())->getValue('${path}');`)).toBe(SECRET);
	});

	test("takes the whole tag, and keeps its address", async () => {
		expect(await save("afterword/question/address", `<script async src='${ADDRESS}' data-transaction="1"></script>`)).toBe(
			ADDRESS,
		);
	});

	test.for([
		["afterword/question/address", "http://feedback.example/w/aw_pub_0123456789abcdefABCDEF.js"],
		["afterword/question/address", `${ADDRESS}"><script>`],
		["afterword/signing/kid", "Not a kid"],
	] as const)("tells that %s cannot be %s, and stays as it is", async ([path, value]) => {
		expect(await save(path, value)).toBe("told before");
	});

	test("has a default for each of its fields, a right to see them, and choices that are read", async () => {
		const fields = await shop.request(`
			foreach (xml('etc/adminhtml/system.xml')->query('//field') as $field) {
				$path = implode('/', ['afterword', $field->parentNode->getAttribute('id'), $field->getAttribute('id')]);
				if (!xml('etc/config.xml')->query("/config/default/$path")->length) { echo "no default: $path "; }
				foreach ($field->getElementsByTagName('source_model') as $source) {
					foreach ((new ($source->textContent)())->toOptionArray() as $choice) { echo $choice['value'], ' '; }
				}
			}
			$right = xml('etc/adminhtml/system.xml')->query('//section/resource')->item(0)->textContent;
			echo xml('etc/acl.xml')->query("//resource[@id='$right']")->length;`);
		expect(fields).toBe(" inline corner 1 0 number email none 1");
	});
});

/** What may stand in what in a system.xml, of what Magento's schema says, and the form elements that its fields may be. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
	"#document": ["config"],
	config: ["system"],
	system: ["section", "tab"],
	section: ["label", "tab", "resource", "group"],
	group: ["label", "comment", "field", "depends"],
	field: ["label", "comment", "tooltip", "frontend_model", "backend_model", "source_model", "validate", "depends"],
};
const FIELDS = ["text", "textarea", "select", "multiselect", "obscure", "password", "note"];

test("the form is one that Magento knows: its elements, its fields, and the tab that it stands under", async () => {
	const elements: { parent: string; name: string; type: string; text: string; source: number }[] = JSON.parse(
		await shop.request(`foreach (xml('etc/adminhtml/system.xml')->query('//*') as $element) {
			$found[] = ['parent' => $element->parentNode->nodeName, 'name' => $element->nodeName, 'type' => $element->getAttribute('type'),
				'text' => $element->textContent, 'source' => $element->getElementsByTagName('source_model')->length];
		}
		echo json_encode($found);`),
	);
	for (const { parent, name } of elements) expect([parent, name, WITHIN[parent]?.includes(name)]).toEqual([parent, name, true]);
	const fields = elements.filter(({ name }) => name === "field");
	expect(fields).toHaveLength(8);
	for (const { type, source } of fields) expect([FIELDS.includes(type), source === 1]).toEqual([true, type === "select"]);
	expect(elements.filter(({ name }) => name === "tab").map(({ text }) => text)).toEqual(["sales"]);
});

test("Composer finds every class where its package says, and brings every module that is named", async () => {
	const folder = join(PATHS.examples, "magento/Afterword_Survey");
	const { type, require: required, autoload } = JSON.parse(await readFile(join(folder, "composer.json"), "utf8"));
	expect([type, autoload.files, Object.values(autoload["psr-4"])]).toEqual(["magento2-module", ["registration.php"], [""]]);
	const [prefix = ""] = Object.keys(autoload["psr-4"]);
	// Where the README has the module copied to, Magento finds its classes by the same names.
	expect(await readFile(join(folder, "../README.md"), "utf8")).toContain(
		` app/code/${prefix.replace(/\\/g, "/").slice(0, -1)}\n`,
	);
	const all = await readdir(folder, { recursive: true });
	expect(all).toEqual(expect.arrayContaining(autoload.files));
	const named = new Set<string>();
	for (const file of all.filter((name) => /\.(?:php|phtml|xml)$/.test(name))) {
		const text = await readFile(join(folder, file), "utf8");
		const [, namespace] = /^namespace (.+);$/m.exec(text) ?? [];
		const [, name] = /^(?:final )?(?:class|interface) (\w+)/m.exec(text) ?? [];
		if (namespace) expect(`${prefix}${file.replace(/\.php$/, "").replaceAll("/", "\\")}`).toBe(`${namespace}\\${name}`);
		for (const [, module = ""] of text.matchAll(/(?:\bMagento\\|<module name="Magento_)(\w+)/g)) named.add(module);
	}
	expect(named.size).toBeGreaterThan(4);
	for (const module of named) {
		const name = module.replace(/\B[A-Z]/g, "-$&").toLowerCase();
		expect(Object.keys(required)).toContain(name === "framework" ? "magento/framework" : `magento/module-${name}`);
	}
});

test("everything its XML names is there, and it is called the same everywhere", async () => {
	const named = await shop.request(`
		foreach (['etc/frontend/events.xml', 'etc/frontend/di.xml', 'etc/adminhtml/system.xml', 'view/frontend/layout/checkout_onepage_success.xml', 'view/frontend/layout/multishipping_checkout_success.xml'] as $file) {
			preg_match_all('/Afterword\\\\\\\\Survey[\\\\\\\\\\w]+/', file_get_contents(Magento\\Framework\\Component\\ComponentRegistrar::$modules['Afterword_Survey'] . "/$file"), $classes);
			foreach ($classes[0] as $class) { echo class_exists(preg_replace('/.Proxy$/', '', $class)) ? '.' : "$class is missing "; }
		}
		echo xml('etc/module.xml')->query('//module')->item(0)->getAttribute('name');`);
	expect(named).toMatch(/^\.{8,}Afterword_Survey$/);
});
