import type { Day } from "../../shared/day.ts";
import type { SiteId } from "../site.ts";

/** Questions shown, and answers to them. */
export interface Volume {
	readonly shown: number;
	readonly answered: number;
}

/** A site and the local days to count, both ends included. */
export interface VolumeScope {
	readonly id: SiteId;
	readonly from: Day;
	readonly to: Day;
}

interface VolumeRow extends Volume {
	site: SiteId;
}

/**
 * The volumes of several sites of one database, those without an ask missing. Each site is sought on its own by its versions, along
 * the primary keys: reads versions × days × outcomes rows a site, whatever the number of asks.
 */
export async function volumesOf(db: D1Database, scopes: readonly VolumeScope[]): Promise<Map<SiteId, Volume>> {
	const { results } = await db
		.prepare(
			`SELECT v.site, sum(t.n) AS shown, sum(iif(t.outcome IN ('dismissed', 'ignored'), 0, t.n)) AS answered
			FROM json_each(?1) AS s CROSS JOIN survey_version AS v CROSS JOIN tally AS t
			WHERE v.site = s.value ->> 'id' AND t.site = v.site AND t.survey = v.survey AND t.version = v.version
				AND t.key = '' AND t.value = '' AND t.day BETWEEN s.value ->> 'from' AND s.value ->> 'to'
			GROUP BY v.site`,
		)
		.bind(JSON.stringify(scopes))
		.all<VolumeRow>();
	return new Map(results.map(({ site, shown, answered }) => [site, { shown, answered }]));
}
