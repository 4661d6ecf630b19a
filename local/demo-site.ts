import { newSiteReply, type SitePatch } from "../shared/site-contract.ts";
import { callApi } from "./call-api.ts";
import type { Collector } from "./collector.ts";
import { loadAsks } from "./load-asks.ts";
import { DEMO_SEGMENTS, sampleAsks } from "./sample/sample-answers.ts";

/** The demo's site and the key that reads it. */
export interface DemoSite {
	readonly id: string;
	readonly publicKey: string;
	readonly secretKey: string;
}

const SHOP = "Conca";
const ZONE = "Europe/Rome";

/** Makes the demo site over the API as an operator would, and gives it 90 days of sample answers: `loaded` asks. */
export async function makeDemoSite(
	{ url, dbOf }: Collector,
	operatorKey: string,
	now: number,
): Promise<{ site: DemoSite; loaded: number }> {
	const reply = await callApi(url, "POST", "/v1/sites", operatorKey, { name: SHOP, origins: [], timezone: ZONE });
	const { site, secret_key } = newSiteReply.parse(reply);
	const settings: SitePatch = {
		locales: ["en", "ar"],
		segments: Object.fromEntries(Object.entries(DEMO_SEGMENTS).map(([key, values]) => [key, [...values]])),
	};
	await callApi(url, "PATCH", "/v1/site", secret_key, settings);
	// A demo is tried again and again: no clock keeps the question from its next visitor.
	for (const slug of ["csat", "nps", "ces"])
		await callApi(url, "PATCH", `/v1/surveys/${slug}`, secret_key, { ask_again_days: 0, share_score: true });
	const loaded = await loadAsks(await dbOf(site.id), { id: site.id, timezone: ZONE }, sampleAsks({ now, timeZone: ZONE }));
	return { site: { id: site.id, publicKey: site.public_key, secretKey: secret_key }, loaded };
}
