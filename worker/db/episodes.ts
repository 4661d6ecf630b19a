import type { Day } from "../../shared/day.ts";
import type { Histogram } from "../../shared/histogram.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { SiteId } from "../site.ts";
import type { TallyScope } from "./tally.ts";

/** One side of an alert's comparison, as it stood on the day it opened. */
export interface EpisodeArm {
	readonly from: Day;
	readonly to: Day;
	readonly histogram: Histogram;
}

/** An alert from the day it opened to the day it cleared. */
export interface Episode {
	readonly id: string;
	readonly survey: string;
	readonly version: number;
	/** Key and value of a segment; both empty for the whole survey. */
	readonly key: string;
	readonly value: string;
	readonly openedOn: Day;
	readonly clearedOn: Day | null;
	readonly z: number;
	readonly recent: EpisodeArm;
	readonly reference: EpisodeArm;
	/** Whether both sides count all answers or only the signed; null where that was not kept. */
	readonly verified: TallyScope["verified"] | null;
}

interface EpisodeRow {
	id: string;
	survey: string;
	version: number;
	key: string;
	value: string;
	opened_on: string;
	cleared_on: string | null;
	z: number;
	recent: string;
	reference: string;
	verified: Episode["verified"];
}

const COLUMNS = "e.id, e.survey, e.version, e.key, e.value, e.opened_on, e.cleared_on, e.z, e.recent, e.reference, e.verified";

/** A site's alerts that opened on or after `since`, all or those that are open, the newest first, at most 500; with the metric each was about. */
export async function episodesOf(
	db: D1Database,
	siteId: SiteId,
	{ since, open }: { readonly since: Day; readonly open: boolean },
): Promise<(Episode & { readonly metric: MetricName })[]> {
	const { results } = await db
		.prepare(
			`SELECT ${COLUMNS}, v.metric FROM episode e
			JOIN survey_version v ON v.site = e.site AND v.survey = e.survey AND v.version = e.version
			WHERE e.site = ?1 AND e.opened_on >= ?2 AND (?3 = 0 OR e.cleared_on IS NULL) ORDER BY e.opened_on DESC, e.id LIMIT 500`,
		)
		.bind(siteId, since, open ? 1 : 0)
		.all<EpisodeRow & { metric: MetricName }>();
	return results.map(({ metric, ...row }) => ({ ...episodeOf(row), metric }));
}

/** A survey's open alerts, of whatever version. */
export async function openEpisodes(db: D1Database, siteId: SiteId, survey: string): Promise<Episode[]> {
	const { results } = await db
		.prepare(`SELECT ${COLUMNS} FROM episode e WHERE e.site = ?1 AND e.survey = ?2 AND e.cleared_on IS NULL`)
		.bind(siteId, survey)
		.all<EpisodeRow>();
	return results.map(episodeOf);
}

/** A statement that opens an alert, unless one of the same survey and segment is open. */
export function openEpisode(db: D1Database, siteId: SiteId, episode: Episode): D1PreparedStatement {
	return db
		.prepare(
			`INSERT INTO episode (site, id, survey, version, key, value, opened_on, z, recent, reference, verified)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING`,
		)
		.bind(
			siteId,
			episode.id,
			episode.survey,
			episode.version,
			episode.key,
			episode.value,
			episode.openedOn,
			episode.z,
			JSON.stringify(episode.recent),
			JSON.stringify(episode.reference),
			episode.verified,
		);
}

/** A statement that clears an alert. */
export function clearEpisode(db: D1Database, siteId: SiteId, id: string, day: Day): D1PreparedStatement {
	return db.prepare("UPDATE episode SET cleared_on = ?3 WHERE site = ?1 AND id = ?2").bind(siteId, id, day);
}

function episodeOf(row: EpisodeRow): Episode {
	return {
		id: row.id,
		survey: row.survey,
		version: row.version,
		key: row.key,
		value: row.value,
		openedOn: row.opened_on,
		clearedOn: row.cleared_on,
		z: row.z,
		recent: JSON.parse(row.recent),
		reference: JSON.parse(row.reference),
		verified: row.verified,
	};
}
