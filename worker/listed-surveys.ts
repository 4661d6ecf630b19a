import type { SurveysReply } from "../shared/survey-contract.ts";
import { firstAskedOf } from "./db/first-asked.ts";
import { surveysOf } from "./db/surveys.ts";
import { surveyView } from "./settings-view.ts";
import type { SiteId } from "./site.ts";

/** A site's surveys, oldest first, each with the day on which it was first asked. */
export async function listedSurveys(db: D1Database, siteId: SiteId): Promise<SurveysReply["surveys"]> {
	const [found, asked] = await Promise.all([surveysOf(db, siteId), firstAskedOf(db, siteId)]);
	return found.map((each) => ({ ...surveyView(each), first_asked: asked.get(each.slug) ?? null }));
}
