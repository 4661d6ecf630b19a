import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newSiteReply, type SitePatch } from "../shared/settings-contract.ts";
import type { Collector } from "./collector.ts";
import { loadAsks } from "./load-asks.ts";
import { DEMO_SEGMENTS, sampleAsks } from "./sample/sample-answers.ts";

/** The demo's site and the key that reads it. The key is kept in the git-ignored state folder, for the database has only its hash. */
export interface DemoSite {
	readonly id: string;
	readonly publicKey: string;
	readonly secretKey: string;
	/** Asks written on this start; 0 where the site was there already. */
	readonly loaded: number;
}

const SHOP = "Conca";
const ZONE = "Europe/Rome";

/** The demo site of an earlier start, where its database still has it. */
export async function keptDemoSite(state: string): Promise<DemoSite | null> {
	try {
		return { ...JSON.parse(await readFile(join(state, "demo-site.json"), "utf8")), loaded: 0 };
	} catch {
		return null;
	}
}

/** Makes the demo site over the API as an operator would, and gives it 90 days of sample answers. */
export async function makeDemoSite({ url, db }: Collector, state: string, operatorKey: string, now: number): Promise<DemoSite> {
	const call = async (path: string, method: string, key: string, body: unknown) => {
		const response = await fetch(new URL(path, url), {
			method,
			headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
			body: JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
		return response.json();
	};
	const reply = await call("/v1/sites", "POST", operatorKey, { name: SHOP, origins: [], timezone: ZONE });
	const { site, secret_key } = newSiteReply.parse(reply);
	const settings: SitePatch = {
		locales: ["en", "ar"],
		segments: Object.fromEntries(Object.entries(DEMO_SEGMENTS).map(([key, values]) => [key, [...values]])),
	};
	await call("/v1/site", "PATCH", secret_key, settings);
	// A demo is tried again and again: no clock keeps the question from its next visitor.
	for (const slug of ["csat", "nps", "ces"])
		await call(`/v1/surveys/${slug}`, "PATCH", secret_key, { ask_again_days: 0, share_score: true });
	const loaded = await loadAsks(db, { id: site.id, timezone: ZONE }, sampleAsks({ now, timeZone: ZONE }));
	const made: DemoSite = { id: site.id, publicKey: site.public_key, secretKey: secret_key, loaded };
	await mkdir(state, { recursive: true });
	await writeFile(join(state, "demo-site.json"), JSON.stringify(made), { mode: 0o600 });
	return made;
}
