import { newSiteReply } from "../shared/site-contract.ts";
import type { NewSurvey, SurveyPatch } from "../shared/survey-contract.ts";
import { callApi } from "./call-api.ts";

/** The gallery's own site: what is tried there is in nobody's scores. */
export interface GallerySite {
	readonly id: string;
	readonly publicKey: string;
}

/** Makes the gallery's site over the API, with one survey for each of the gallery's scales. */
export async function makeGallerySite(url: URL, operatorKey: string): Promise<GallerySite> {
	const reply = await callApi(url, "POST", "/v1/sites", operatorKey, { name: "Conca", origins: [] });
	const { site, secret_key } = newSiteReply.parse(reply);
	const settings = { ask_again_days: 0, share_score: true } satisfies SurveyPatch;
	for (const slug of ["csat", "nps", "ces"]) await callApi(url, "PATCH", `/v1/surveys/${slug}`, secret_key, settings);
	for (const display of ["stars", "faces"] as const) {
		const survey: NewSurvey = { slug: display, metric: "csat", display, ...settings };
		await callApi(url, "POST", "/v1/surveys", secret_key, survey);
	}
	return { id: site.id, publicKey: site.public_key };
}
