import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../../shared/locales/index.ts";
import { APP, sessionToken } from "../../harness/session-tokens.ts";
import { type Checkout, openCheckout } from "../../harness/shopify-checkout.ts";
import { type Stage, setStage } from "../../harness/stage.ts";

const { question, dismiss, saved, done, thanks, reasons, refused } = LOCALES.en;

let stage: Stage;
let checkout: Checkout;
beforeAll(async () => {
	stage = await setStage();
	const added = await stage.collector.owner("/v1/shopify-apps", { method: "POST", body: JSON.stringify(APP) });
	expect(added.status).toBe(201);
	checkout = await openCheckout(stage);
});
afterEach(async () => expect((await stage.clear()).filter((noise) => !/ERR_|40[34]/.test(noise))).toEqual([]));
afterAll(() => stage.stop());

const order = (number: number) => `gid://shopify/OrderIdentity/${number}`;
const answered = (transaction: string) => stage.asksWhen(transaction, ([ask]) => ask?.status === "answered");

test("the question stands on the Thank you page, and what is said there is stored as it is said", async () => {
	const block = await checkout.open({ order: order(7001) });
	await block.says(question.csat);
	expect(await block.text()).toContain(dismiss);
	expect(await stage.asksWhen("7001", (asks) => asks.length > 0)).toMatchObject([{ status: "shown", rev: 0, survey: "csat" }]);
	await block.choose("score", "4");
	await block.says(saved);
	await block.says(reasons);
	await block.choose("reasons", "price", "delivery");
	await block.write("  Fast and kind.  ");
	await block.press(done);
	await block.says(thanks);
	const [ask, ...more] = await stage.asksWhen("7001", ([ask]) => ask?.comment !== null);
	expect(more).toEqual([]);
	expect(ask).toMatchObject({ outcome: "4", rev: 3, comment: "Fast and kind.", customer: null, page: null });
	expect(ask?.drivers.sort()).toEqual(["delivery", "price"]);
	expect(ask?.segments).toMatchObject({ channel: "page", locale: "en" });
	expect(await stage.collector.drift()).toEqual([]);
});

test("what is typed is saved without Done, beside the reasons that are chosen meanwhile", async () => {
	const block = await checkout.open({ order: order(7000) });
	await block.says(question.csat);
	await block.choose("score", "1");
	await block.says(reasons);
	await block.write("Late");
	await block.choose("reasons", "delivery");
	await block.write("Late, and");
	await block.choose("reasons", "delivery", "price");
	const [ask] = await stage.asksWhen("7000", ([ask]) => ask?.comment === "Late, and" && ask.drivers.length === 2);
	expect(ask).toMatchObject({ outcome: "1", comment: "Late, and" });
	await block.choose("score", "2");
	expect(await stage.asksWhen("7000", ([ask]) => ask?.outcome === "2")).toMatchObject([{ comment: "Late, and" }]);
});

test("the Order status page names the order alike, and asks no second time about it", async () => {
	const first = await checkout.open({ order: order(7002), settings: { survey: "nps" } });
	await first.says("How likely are you to recommend Test shop");
	await first.choose("score", "10");
	await answered("7002");
	const storage = await first.storage();
	const target = "customer-account.order-status.block.render";
	const again = { target, name: "#1002", settings: { survey: "nps" } } as const;
	const second = await checkout.open({ ...again, order: "gid://shopify/Order/7002", storage });
	expect(await second.text()).not.toContain("recommend");
	const elsewhere = await checkout.open({ ...again, order: "gid://shopify/Order/7003" });
	await elsewhere.says("recommend");
	await elsewhere.choose("score", "0");
	expect(await answered("7003")).toMatchObject([{ outcome: "0", survey: "nps" }]);
	expect(await stage.asks("7002")).toMatchObject([{ outcome: "10" }]);
});

test("a page that is opened again goes on with its question, and a no is no for this order", async () => {
	const first = await checkout.open({ order: order(7004) });
	await first.says(question.csat);
	await stage.asksWhen("7004", (asks) => asks.length > 0);
	const second = await checkout.open({ order: order(7004), storage: await first.storage() });
	await second.says(question.csat);
	await second.press(dismiss);
	expect(await stage.asksWhen("7004", ([ask]) => ask?.status === "dismissed")).toMatchObject([{ rev: 1 }]);
	expect((await second.text()).trim()).toBe("");
	const third = await checkout.open({ order: order(7004), storage: await second.storage() });
	expect((await third.text()).trim()).toBe("");
	expect(await stage.asks("7004")).toHaveLength(1);
});

test("it asks in the shopper's language, where the site speaks it", async () => {
	const block = await checkout.open({ order: order(7005), language: "ar-EG" });
	await block.says(LOCALES.ar.question.csat);
	await block.choose("score", "5");
	await block.says(LOCALES.ar.saved);
	expect(await block.page.locator("s-text[lang=ar][dir=rtl]").count()).toBeGreaterThan(0);
	expect((await answered("7005"))[0]?.segments).toMatchObject({ locale: "ar" });
});

test("an answer that finds no connection is kept, and arrives from the next page", async () => {
	const first = await checkout.open({ order: order(7006) });
	await first.says(question.csat);
	await stage.asksWhen("7006", (asks) => asks.length > 0);
	stage.line.cut();
	await first.choose("score", "2");
	await first.says(saved);
	await first.press(done);
	await first.says(LOCALES.en.waiting);
	const storage = await first.storage();
	await first.page.close();
	expect(await stage.asks("7006")).toMatchObject([{ status: "shown" }]);
	stage.line.mend();
	await checkout.open({ order: order(7006), storage });
	expect(await answered("7006")).toMatchObject([{ outcome: "2" }]);
});

test("an answer that finds no connection arrives from the same page as soon as there is one", async () => {
	const block = await checkout.open({ order: order(7007) });
	await block.says(question.csat);
	await stage.asksWhen("7007", (asks) => asks.length > 0);
	stage.line.cut();
	await block.choose("score", "3");
	await block.says(saved);
	stage.line.mend();
	expect(await answered("7007")).toMatchObject([{ outcome: "3" }]);
	await block.page.waitForFunction(async () => !JSON.stringify(await Object(window).kept()).includes('"waiting"'));
});

test("where the Worker does not know the app, the shopper is told that nothing was saved", async () => {
	const block = await checkout.open({ order: order(7008), token: () => sessionToken({ aud: "another-app" }) });
	await block.says(question.csat);
	await block.choose("score", "5");
	await block.says(refused);
	expect(await stage.asks("7008")).toEqual([]);
});

test("without an address, or with one where nobody answers, a shopper sees nothing", async () => {
	for (const tag of ["", "https://feedback.example/", `${stage.line.url}/w/aw_pub_0000000000000000000000.js`]) {
		const block = await checkout.open({ order: order(7009), settings: { tag } });
		expect([tag, (await block.text()).trim()]).toEqual([tag, ""]);
	}
	expect(await stage.asks("7009")).toEqual([]);
});

test("the checkout editor shows the question and stores nothing; what is missing is said there", async () => {
	const block = await checkout.open({ order: order(7010), editor: true });
	await block.says(question.csat);
	await block.choose("score", "5");
	await block.says(saved);
	expect(await block.storage()).toEqual({ [`afterword.${stage.collector.site.publicKey}`]: null });
	expect(await stage.asks("7010")).toEqual([]);
	await (await checkout.open({ editor: true, settings: { tag: "" } })).says("Paste the address of your Afterword tag");
	await (await checkout.open({ editor: true, settings: { survey: "hotel" } })).says("No question is found at this address");
});

test("pictures are named by what they mean", async () => {
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ display: "faces" }) });
	const [low] = LOCALES.en.levels;
	const block = await checkout.open({ order: order(7012) });
	await block.says(question.csat);
	expect(await block.text()).toContain("🙂");
	expect(await block.text()).toContain(`2, ${low}`);
	await block.choose("score", "4");
	expect(await answered("7012")).toMatchObject([{ outcome: "4" }]);
});
