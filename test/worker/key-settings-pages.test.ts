import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestSite } from "../harness/collector.ts";
import { decoded, faultIn, formIn } from "../harness/form-in.ts";
import { logInTo } from "../harness/owner-session.ts";
import { APP } from "../harness/session-tokens.ts";
import { openSettings, type SettingsRoom } from "../harness/settings-room.ts";

let settings: SettingsRoom;
beforeAll(async () => {
	settings = await openSettings();
});
afterAll(() => settings.stop());

describe("a key", () => {
	const path = "/app/settings/keys";

	test("is made with the scopes that were ticked, shown once, and ended on a page that asks first", async () => {
		const made = await settings.send(path, { name: "Reports <3", scopes: ["scores:read", "export"], expires_at: "2031-01-02" });
		const secret = /aw_sk_\w{38}/.exec(await made.text())?.[0] ?? "";
		expect(made.status).toBe(200);
		const { keys } = await settings.read("/v1/keys");
		const key = keys.find(({ name }: { name: string }) => name === "Reports <3");
		expect(key).toMatchObject({
			scopes: ["scores:read", "export"],
			expires_at: "2031-01-02T23:59:59.000Z",
			hint: secret.slice(-4),
		});
		const opened = () => settings.collector.owner("/v1/scores", {}, { ...settings.collector.site, secretKey: secret });
		expect((await opened()).status).toBe(200);
		const list = await settings.html(path);
		expect([list.includes(secret), list.includes("Reports &lt;3"), list.includes(`…${key.hint}`)]).toEqual([false, true, true]);
		const end = `${path}/${key.id}/end`;
		const asks = await settings.html(end);
		for (const said of ["End the key “\u2068Reports &lt;3\u2069”?", "This cannot be undone."]) expect(asks).toContain(said);
		expect((await opened()).status).toBe(200);
		expect((await settings.owner.post(end)).headers.get("location")).toBe(path);
		expect((await opened()).status).toBe(401);
		expect((await settings.owner.get(end)).status).toBe(404);
	});

	test("that is not valid is not made, and its fault stands beside the field", async () => {
		const before = await settings.read("/v1/keys");
		const unnamed = await settings.send(path, { name: "", scopes: null });
		const page = await unnamed.text();
		expect([unnamed.status, faultIn(page, "name")]).toEqual([400, "Must have at least 1 character."]);
		expect(page).toContain("Must have at least 1 entry.");
		const past = await settings.send(path, { name: "Past", expires_at: "2020-01-01" });
		expect([past.status, faultIn(await past.text(), "expires_at")]).toEqual([400, "Must be in the future."]);
		expect((await settings.read("/v1/keys")).keys.length).toBe(before.keys.length);
	});

	test("without the scope to make keys sees no keys, and changes nothing without that to change settings", async () => {
		const { secret_key } = await (await settings.change("/v1/keys", { name: "Reader", scopes: ["scores:read"] }, "POST")).json();
		const reader = await logInTo(
			settings.collector,
			{ ...settings.collector.site, secretKey: secret_key } as TestSite,
			"/app/settings",
		);
		expect((await reader.get(path)).status).toBe(403);
		expect((await reader.get("/app/settings/audit")).status).toBe(403);
		const before = await settings.read("/v1/site");
		expect(
			(await reader.post("/app/settings", formIn(await (await reader.get("/app/settings")).text(), "/app/settings"))).status,
		).toBe(403);
		expect(await settings.read("/v1/site")).toEqual(before);
	});
});

describe("signing", () => {
	const path = "/app/settings/signing";

	test("without a secret cannot be asked for", async () => {
		const reply = await settings.send(path, { token_mode: "require" });
		expect([reply.status, (await reply.text()).includes("Must be off while the site has no signing secret.")]).toEqual([
			400,
			true,
		]);
		const days = await settings.send(path, { token_days: "91" });
		expect([days.status, faultIn(await days.text(), "token_days")]).toEqual([400, "Must be at most 90."]);
	});

	test("has secrets, shown once, and the lines for this site without them", async () => {
		const made = await (await settings.owner.post(`${path}/secrets`)).text();
		const secret = /aw_tx_\w{38}/.exec(made)?.[0] ?? "";
		const { secrets } = await settings.read("/v1/signing-secrets");
		expect(secrets).toMatchObject([{ hint: secret.slice(-4) }]);
		expect(await settings.read("/v1/site")).toMatchObject({ token_mode: "prefer" });
		const page = decoded(await settings.html(path));
		expect(page).not.toContain(secret);
		for (const line of [
			`add_action('woocommerce_thankyou'`,
			`afterwordToken("${settings.collector.site.publicKey}", "${secrets[0].kid}", process.env.AFTERWORD_SECRET`,
			`${settings.collector.url}/w/${settings.collector.site.publicKey}.js`,
			"def afterword_token(site, kid, secret, transaction, customer, created):",
			"{%- assign afterword_signature = afterword_message | hmac_sha256: afterword_secret -%}",
		])
			expect(page).toContain(line);
		expect((await settings.send(path, { token_mode: "require", token_days: "60" })).status).toBe(303);
		expect(await settings.read("/v1/site")).toMatchObject({ token_mode: "require", token_days: 60 });
		const end = `${path}/${secrets[0].kid}/end`;
		expect((await settings.owner.post(end)).status).toBe(409);
		await settings.send(path, { token_mode: "off" });
		expect(await settings.html(end)).toContain("This cannot be undone.");
		expect((await settings.owner.post(end)).status).toBe(303);
		expect((await settings.read("/v1/signing-secrets")).secrets).toEqual([]);
	});
});

describe("a Shopify app", () => {
	const path = "/app/settings/signing/shopify";
	const app = { shop: APP.shop, client_id: APP.client_id, client_secret: ` ${APP.client_secret} ` };

	test("is added without its secret ever being shown, and ended on a page that asks first", async () => {
		expect(await settings.html("/app/settings/signing")).toContain(`href="${path}"`);
		expect(await settings.html(path)).toContain("No app yet.");
		expect((await settings.send(path, app)).headers.get("location")).toBe(`${path}?done`);
		const { apps } = await settings.read("/v1/shopify-apps");
		expect(apps).toMatchObject([{ shop: APP.shop, client_id: APP.client_id, hint: APP.client_secret.slice(-4) }]);
		const page = await settings.html(`${path}?done`);
		expect([page.includes(APP.shop), page.includes(APP.client_secret)]).toEqual([true, false]);
		const end = `${path}/${apps[0].id}/end`;
		expect(await settings.html(end)).toContain(`End the app of ${APP.shop}?`);
		expect((await settings.read("/v1/shopify-apps")).apps).toEqual(apps);
		expect((await settings.owner.post(end)).headers.get("location")).toBe(path);
		expect((await settings.read("/v1/shopify-apps")).apps).toEqual([]);
		expect((await settings.owner.get(end)).status).toBe(404);
	});

	test.for([
		["shop", { shop: "shop.example" }, "Must be the shop's permanent name"],
		["client_id", { client_id: "a b" }, "Must be the app's client ID."],
		["client_secret", { client_secret: "short" }, "Must be the app's client secret."],
	] as const)("is not added where its %s is wrong, which stands beside the field", async ([name, wrong, fault]) => {
		const reply = await settings.send(path, { ...app, ...wrong });
		expect([reply.status, faultIn(await reply.text(), name)]).toEqual([400, expect.stringContaining(fault)]);
		expect((await settings.read("/v1/shopify-apps")).apps).toEqual([]);
	});
});
