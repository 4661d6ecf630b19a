import { getExtension } from "@shopify/ui-extensions-tester";
import { createStorage } from "@shopify/ui-extensions-tester/checkout";
import type { CheckoutPage } from "./shopify-checkout.ts";

declare const freshToken: () => Promise<string>;

const { fetch } = window;

/** Renders the extension as Shopify's own test renderer does, but with the browser's fetch, where its toml asks for the network. */
async function renderExtension({ target, order, name, language = "en", settings, storage, editor }: Required<CheckoutPage>) {
	const extension = getExtension(target, { configSearchDir: "/extension" });
	extension.setUp();
	const network = await extension.fetch("").then(
		() => true,
		() => false,
	);
	if (network) extension.fetch = (...request) => fetch(...request);
	const keeper = createStorage({ ...storage });
	const shopify = Object(extension.shopify);
	// What a merchant has left empty is undefined there; to ask the renderer for what is not there at all is an error.
	shopify.settings.value = { tag: undefined, survey: undefined, ...settings };
	shopify.localization.language.value = { isoCode: language };
	shopify.sessionToken.get = () => freshToken();
	shopify.storage = keeper;
	if (target === "purchase.thank-you.block.render") shopify.orderConfirmation.value = { order: { id: order }, number: name };
	else shopify.order.value = { id: order, name };
	shopify.extension = { ...shopify.extension, editor: editor ? { type: "checkout" } : undefined };
	const kept = async () => ({ [keyOf(settings)]: await keeper.read(keyOf(settings)) });
	Object.assign(window, { kept });
	await extension.render();
}

const keyOf = ({ tag = "" }: Readonly<Record<string, string>>) => `afterword.${/aw_pub_\w{22}/.exec(tag)?.[0]}`;

Object.assign(window, { renderExtension });
