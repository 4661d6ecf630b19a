import { ApiError } from "./api-error.ts";
import { surveyBySlug } from "./db/surveys.ts";
import type { SiteId, Survey } from "./site.ts";

/** A survey of this site. @throws ApiError 404 */
export async function knownSurvey(db: D1Database, siteId: SiteId, slug: string): Promise<Survey> {
	const survey = await surveyBySlug(db, siteId, slug);
	if (!survey) throw ApiError.notFound("survey", "must be one of this site's surveys");
	return survey;
}
