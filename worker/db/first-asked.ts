import type { Day } from "../../shared/day.ts";
import type { SiteId } from "../site.ts";

/** The day on which each survey of a site was first asked, in any version. A survey that was never asked is missing. Reads two rows a version. */
export async function firstAskedOf(db: D1Database, siteId: SiteId): Promise<ReadonlyMap<string, Day>> {
	const { results } = await db
		.prepare(
			`SELECT survey, min(first) AS day FROM (
				SELECT survey, (
					SELECT day FROM tally WHERE site = v.site AND survey = v.survey AND version = v.version AND key = '' AND value = '' AND n > 0
					ORDER BY day LIMIT 1
				) AS first FROM survey_version AS v WHERE v.site = ?1
			) WHERE first IS NOT NULL GROUP BY survey`,
		)
		.bind(siteId)
		.all<{ survey: string; day: Day }>();
	return new Map(results.map(({ survey, day }) => [survey, day]));
}
