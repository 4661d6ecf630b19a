import { brotliCompressSync, constants } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCALE_CODES } from "../../shared/locales/index.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await settle({ locales: ["en"] });
});
afterAll(() => collector.stop());

const settle = (settings: object) =>
	collector.owner("/v1/site", {
		method: "PATCH",
		body: JSON.stringify({ name: "Harbour & Pine", segments: { plan: ["gold", "silver"] }, ...settings }),
	});

/** Bytes of a file as an edge sends it (brotli, quality 5), the collector at an address of usual length. */
async function bytesOf(ending: string): Promise<number> {
	const text = await (await collector.fetch(`/w/${collector.site.publicKey}${ending}`)).text();
	expect(text).toContain("__AFTERWORD__");
	const served = text.replaceAll(collector.url, "https://feedback.example.com");
	return compressed(served);
}

const compressed = (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

describe.each(LOCALE_CODES)("in %s", (locale) => {
	test("the whole build shows the question in one file of at most 7.5 KB", async () => {
		expect(await bytesOf(`.js?lang=${locale}`)).toBeLessThanOrEqual(7.5 * 1024);
	});

	test("the lazy build costs a page where nothing is due at most 2 KB", async () => {
		expect(await bytesOf(`.lazy.js?lang=${locale}`)).toBeLessThanOrEqual(2 * 1024);
	});

	test("what comes after the tap is a file of at most 7 KB, Preact and all", async () => {
		expect(await bytesOf(`.follow-up.js?lang=${locale}`)).toBeLessThanOrEqual(7 * 1024);
	});

	test("a further language costs at most half a kilobyte", async () => {
		const one = await bytesOf(".js?lang=en");
		await settle({ locales: ["en", locale] });
		expect((await bytesOf(".js")) - one).toBeLessThanOrEqual(512);
	});
});

test("stars and faces cost the whole build at most half a kilobyte", async () => {
	await settle({ locales: ["en"] });
	const numbers = await bytesOf(".js");
	await collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ display: "faces" }) });
	expect((await bytesOf(".js")) - numbers).toBeLessThanOrEqual(512);
});

test("what is offered after the thanks costs the question nothing, and what comes after the tap at most 2.5 KB", async () => {
	const link = { kind: "link", url: "https://reviews.example/write/afterword-trading-company" };
	const rules = { everyone: link, promoters: link, passives: link, detractors: { kind: "callback" } };
	for (const locale of LOCALE_CODES) {
		const address = [`.js?lang=${locale}`, `.follow-up.js?lang=${locale}`] as const;
		await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ follow_up: {} }) });
		const without = [await bytesOf(address[0]), await bytesOf(address[1])] as const;
		await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ follow_up: rules }) });
		expect((await bytesOf(address[0])) - without[0]).toBe(0);
		const cost = (await bytesOf(address[1])) - without[1];
		expect(cost).toBeGreaterThan(0);
		expect(cost).toBeLessThanOrEqual(2.5 * 1024);
	}
});

test("what waits for a purchase, a delay, a scroll or an exit is a file of at most 1 KB", async () => {
	const triggers = await (await collector.fetch(`/w/${collector.site.publicKey}.triggers.js`)).text();
	expect(compressed(triggers)).toBeLessThanOrEqual(1024);
});
