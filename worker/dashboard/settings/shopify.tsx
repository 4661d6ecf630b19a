import { type Context, Hono } from "hono";
import type { ShopifyAppView } from "../../../shared/shopify-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Done, Faults } from "../field.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { CredentialTable } from "./credential-table.tsx";
import { endPage } from "./end-page.tsx";
import { settingsPage } from "./frame.tsx";
import { shopifyWords } from "./signing-words.ts";

const SAY = shopifyWords;

const PATH = "/app/settings/signing/shopify";

/** The Shopify apps whose checkout extensions may answer: added, listed without their secrets, ended. */
export const shopifyPages = new Hono<AppEnv>();

shopifyPages.get(PATH, (c) => appsPage(c, new URLSearchParams(), []));

shopifyPages.post(PATH, async (c) => {
	const form = c.get("form");
	const given = (name: string) => (form.get(name) ?? "").trim();
	const app = { shop: given("shop"), client_id: given("client_id"), client_secret: given("client_secret") };
	try {
		await c.get("api").send<ShopifyAppView>("POST", "/v1/shopify-apps", app);
		return c.redirect(`${PATH}?done`, 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return appsPage(c, form, error.faults);
	}
});

shopifyPages.get(`${PATH}/:id/end`, async (c) => {
	const app = (await appsOf(c)).find(({ id }) => id === c.req.param("id"));
	if (!app) throw ApiError.notFound("id", "must be the id of one of this site's Shopify apps");
	const { endTitle, endText, endYes } = SAY;
	return endPage(c, { part: "/app/settings/signing", title: endTitle(app.shop), text: endText, yes: endYes, back: PATH });
});

shopifyPages.post(`${PATH}/:id/end`, async (c) => {
	await c.get("api").send("DELETE", `/v1/shopify-apps/${encodeURIComponent(c.req.param("id"))}`);
	return c.redirect(PATH, 303);
});

async function appsPage(c: Context<AppEnv>, form: URLSearchParams, faults: readonly Fault[]) {
	const apps = await appsOf(c);
	const { text } = controls(form, faults);
	const attributes = { required: true, spellcheck: "false", dir: "ltr", autocomplete: "off" };
	return settingsPage(c, {
		part: "/app/settings/signing",
		title: SAY.title,
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				{c.req.query("done") === undefined ? null : <Done>{SAY.added}</Done>}
				<Faults faults={faults} />
				<p class="quiet">{SAY.intro}</p>
				{apps.length === 0 ? <p class="empty">{SAY.empty}</p> : <Apps apps={apps} reader={readerOf(c, c.get("site").timezone)} />}
				<form method="post" action={PATH} class="card form">
					<h2>{SAY.add}</h2>
					<CsrfField token={c.get("visitor").csrf} />
					{text("shop", SAY.shop, { hint: SAY.shopHint, attributes })}
					{text("client_id", SAY.client, { hint: SAY.clientHint, attributes })}
					{text("client_secret", SAY.secret, { hint: SAY.secretHint, attributes })}
					<button type="submit">{SAY.add}</button>
				</form>
			</>
		),
	});
}

function Apps({ apps, reader }: { apps: readonly ShopifyAppView[]; reader: Reader }) {
	return (
		<CredentialTable
			label={SAY.caption}
			head={[SAY.shop, SAY.hint, SAY.client, SAY.made]}
			credentials={apps.map(({ id, shop, client_id, hint, created_at }) => ({
				name: shop,
				hint,
				more: [<code>{client_id}</code>],
				made: reader.moment(Date.parse(created_at)),
				end: `${PATH}/${id}/end`,
			}))}
		/>
	);
}

async function appsOf(c: Context<AppEnv>): Promise<readonly ShopifyAppView[]> {
	return (await c.get("api").get<{ apps: ShopifyAppView[] }>("/v1/shopify-apps")).apps;
}
