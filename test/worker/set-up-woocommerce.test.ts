// @ts-expect-error It ships no types.
import { getPHPLoaderModule } from "@php-wasm/node-7-4";
import { loadPHPRuntime, PHP } from "@php-wasm/universal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { decoded } from "../harness/form-in.ts";
import { logInTo } from "../harness/owner-session.ts";

let collector: TestCollector;
let php: PHP;
let lines: string;
beforeAll(async () => {
	collector = await startCollector();
	const page = await (await logInTo(collector, collector.site, "/app/settings")).get("/app/set-up/tag");
	lines = decoded(/<pre id="code-woocommerce"[^>]*>(.*?)<\/pre>/s.exec(await page.text())?.[1] ?? "");
	php = new PHP(await loadPHPRuntime(await getPHPLoaderModule()));
});
afterAll(() => collector.stop());

/** What of WordPress the lines call, its escaping as WordPress does it for plain text, and one order, or none. */
const wordPress = (order: string) => `<?php
	function add_action($name, $do) { if ($name === 'woocommerce_thankyou') $GLOBALS['thankyou'] = $do; }
	function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES, 'UTF-8'); }
	function esc_url($url) { return str_replace(array('&', "'"), array('&#038;', '&#039;'), $url); }
	class Order {
		public $number; public $status;
		function __construct($number, $status) { $this->number = $number; $this->status = $status; }
		function has_status($status) { return $this->status === $status; }
		function get_order_number() { return $this->number; }
	}
	function wc_get_order($id) { return ${order}; }
	${lines}
	($GLOBALS['thankyou'])(17);`;

test.for([
	["new Order('A\"17<', 'processing')", 'data-transaction="A&quot;17&lt;"'],
	["new Order('17', 'failed')", null],
	["false", null],
] as const)(
	"the lines for WooCommerce write the tag of an order, and nothing for one that failed or is not there: %s",
	async ([order, attribute]) => {
		const { text, errors, exitCode } = await php.run({ code: wordPress(order) });
		expect([exitCode, errors]).toEqual([0, ""]);
		const file = `${collector.url}/w/${collector.site.publicKey}.js`;
		expect(text).toBe(attribute === null ? "" : `<script async src="${file}" ${attribute}></script>`);
	},
);
