import { afterAll, beforeAll, expect, test } from "vitest";
import { tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

const badge = (site: TestSite, query = "") => collector.fetch(`/badge/${site.publicKey}.svg${query}`);
const patch = async (site: TestSite, path: string, body: object) =>
	expect((await collector.owner(path, { method: "PATCH", body: JSON.stringify(body) }, site)).status).toBe(200);
const answer = async (site: TestSite, scores: readonly number[], more: (i: number) => object = () => ({})) => {
	for (const [i, score] of scores.entries())
		await collector.send({ ...collector.ask({ survey: "csat", score }), site: site.publicKey, ...more(i) });
};
const tenMinutesLater = () => collector.db.prepare("UPDATE shared_score SET computed_at = computed_at - 600000").run();
const nothing = async (reply: Response) =>
	expect([reply.status, reply.headers.get("content-type"), await reply.text()]).toEqual([
		404,
		"image/svg+xml; charset=utf-8",
		expect.stringMatching(/^<svg [^>]*width="1" height="1"[^>]*\/>$/),
	]);

test("is an empty picture until the survey shares its score and 30 have answered", async () => {
	const site = await collector.makeSite({ name: "Bar & <b>Grill</b>" });
	await answer(site, Array(29).fill(5));
	await nothing(await badge(site));
	await patch(site, "/v1/surveys/csat", { share_score: true });
	await nothing(await badge(site));
	await answer(site, [2]);
	await nothing(await badge(site));
	await tenMinutesLater();
	const reply = await badge(site);
	expect([reply.status, Object.fromEntries(reply.headers)]).toMatchObject([
		200,
		{
			"content-type": "image/svg+xml; charset=utf-8",
			"cache-control": "public, max-age=600",
			"cross-origin-resource-policy": "cross-origin",
			"content-security-policy": "default-src 'none'",
			"x-content-type-options": "nosniff",
			etag: expect.any(String),
		},
	]);
	const svg = await reply.text();
	expect(svg).toMatch(/<svg[^>]* role="img" aria-labelledby="name" lang="en" direction="ltr"/);
	expect(svg).toContain(
		'<title id="name">Bar &amp; &lt;b&gt;Grill&lt;/b&gt;: \u206697%\u2069 of our customers are satisfied (\u206630\u2069 answers in 30 days).</title>',
	);
	expect(svg).not.toMatch(/verified|signed|<style|<script|https?:\/\/(?!www\.w3\.org)/);
	const again = await collector.fetch(`/badge/${site.publicKey}.svg`, {
		headers: { "if-none-match": reply.headers.get("etag") ?? "" },
	});
	expect(again.status).toBe(304);
	await patch(site, "/v1/surveys/csat", { share_score: false });
	await nothing(await badge(site));
});

test("is computed at most every ten minutes, whoever asks", async () => {
	const site = await collector.makeSite();
	await answer(site, Array(30).fill(5));
	await patch(site, "/v1/surveys/csat", { share_score: true });
	expect(await (await badge(site)).text()).toContain("100%");
	await answer(site, Array(30).fill(1));
	expect(await (await badge(site, "?lang=de")).text()).toContain("100");
	await tenMinutesLater();
	expect(await (await badge(site)).text()).toContain("50%");
});

test("counts signed orders only once the site signs, says so, and says what that proves", async () => {
	const site = await collector.makeSite();
	await answer(site, Array(30).fill(5));
	await patch(site, "/v1/surveys/csat", { share_score: true });
	expect(await (await badge(site)).text()).toMatch(/100%(?!.*verified orders)/);
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
	// What was counted of everybody a moment ago is not passed off as verified.
	await nothing(await badge(site));
	const signer = { site: site.publicKey, kid: made.secret.kid, secret: made.signing_secret };
	await answer(site, Array(30).fill(2), (i) => ({ token: tokenOf(signer, `T-${i}`) }));
	await tenMinutesLater();
	const svg = await (await badge(site)).text();
	expect(svg).toContain("\u20660%\u2069");
	expect(svg).toContain(">verified orders</text>");
	expect(svg).toContain("The shop&#39;s server signed these orders; that does not prove that a person bought.</title>");
});

test("speaks the language that is asked for, in its direction, and the owner's own words", async () => {
	const site = await collector.makeSite();
	await answer(site, Array(30).fill(5));
	await patch(site, "/v1/surveys/csat", { share_score: true, wording: { it: { shared: "Voto {value}, {responses} risposte" } } });
	const hebrew = await (await badge(site, "?lang=he-IL")).text();
	expect(hebrew).toMatch(/lang="he" direction="rtl"/);
	expect(hebrew).toMatch(/<text x="284" /);
	expect(await (await badge(site, "?lang=it")).text()).toContain("Voto \u2066100%\u2069");
	expect(await (await badge(site, "?lang=zh-TW")).text()).toContain('lang="zh-Hant"');
	for (const odd of ["tlh", "__proto__", "x".repeat(300), "<b>"])
		expect(await (await badge(site, `?lang=${encodeURIComponent(odd)}`)).text()).toContain('lang="en"');
});

test("of another survey, of none and of no site", async () => {
	const site = await collector.makeSite();
	for (let i = 0; i < 30; i++) await collector.send({ ...collector.ask({ score: 10 }), site: site.publicKey });
	await patch(site, "/v1/surveys/nps", { share_score: true });
	expect(await (await badge(site, "?survey=nps")).text()).toContain("+100");
	for (const query of ["", "?survey=ces", "?survey=gone", "?survey=%00", "?survey=<b>"]) await nothing(await badge(site, query));
	for (const path of [
		"/badge/x.svg",
		"/badge/aw_pub_0000000000000000000000.svg",
		`/badge/${site.publicKey}`,
		`/badge/${site.publicKey}.png`,
	])
		await nothing(await collector.fetch(path));
});
