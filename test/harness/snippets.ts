import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
// @ts-expect-error It ships no types.
import { getPHPLoaderModule } from "@php-wasm/node-7-4";
import { loadPHPRuntime, PHP } from "@php-wasm/universal";
import { DefaultRubyVM } from "@ruby/wasm-wasi/dist/node";
import { Liquid } from "liquidjs";
import { loadPyodide } from "pyodide";
// @ts-expect-error It is plain JavaScript.
import { afterwordToken } from "../../examples/signing/node/afterword-token.mjs";

/** What a merchant's server knows of one order, in the order of the snippets' parameters. */
export type Order = readonly [
	site: string,
	kid: string,
	secret: string,
	transaction: string,
	customer: string | null,
	/** Unix seconds. */
	created: number,
];

/** Makes the token of an order. */
export type Sign = (...order: Order) => string | Promise<string>;

const snippet = (path: string) => readFile(new URL(`../../examples/signing/${path}`, import.meta.url), "utf8");
const base64 = (order: Order) => Buffer.from(JSON.stringify(order)).toString("base64");

/** The snippets of `examples/signing`, each loaded into an interpreter of its language. */
export const SNIPPETS = {
	Node: async () => afterwordToken,

	PHP: async () => {
		const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule()));
		php.writeFile("/afterword-token.php", await snippet("php/afterword-token.php"));
		return async (...order) => {
			const code = `<?php require '/afterword-token.php'; echo afterword_token(...json_decode(base64_decode('${base64(order)}')));`;
			const { text, errors, exitCode } = await php.run({ code });
			if (exitCode !== 0 || errors) throw new Error(`PHP: ${errors}`);
			return text;
		};
	},

	Python: async () => {
		const python = await loadPyodide();
		python.runPython(await snippet("python/afterword_token.py"));
		python.runPython("import base64, json");
		return (...order) => python.runPython(`afterword_token(*json.loads(base64.b64decode("${base64(order)}")))`);
	},

	Ruby: async () => {
		const program = fileURLToPath(import.meta.resolve("@ruby/3.4-wasm-wasi/dist/ruby+stdlib.wasm"));
		const { vm } = await DefaultRubyVM(await WebAssembly.compile(await readFile(program)));
		vm.eval(await snippet("ruby/afterword_token.rb"));
		vm.eval('require "json"');
		return (...order) => vm.eval(`afterword_token(*JSON.parse("${base64(order)}".unpack1("m")))`).toString();
	},

	Liquid: async () => {
		const text = await snippet("liquid/afterword-token.liquid");
		const shopify = new Liquid();
		shopify.registerFilter("base64_encode", (value) => Buffer.from(String(value ?? "")).toString("base64"));
		shopify.registerFilter("hmac_sha256", (value, secret) => createHmac("sha256", secret).update(String(value)).digest("hex"));
		return (site, kid, secret, order_number, email, created) => {
			const filled = text
				.replace("= 'aw_pub_…'", `= '${site}'`)
				.replace("= 'kid'", `= '${kid}'`)
				.replace("= 'aw_tx_…'", `= '${secret}'`);
			const created_at = new Date(created * 1000).toISOString();
			return shopify.parseAndRender(`${filled}{{ afterword_token }}`, { order_number, email, created_at });
		};
	},
} satisfies Record<string, () => Promise<Sign>>;
