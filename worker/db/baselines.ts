import type { Baseline } from "../../shared/baseline.ts";
import type { SiteId } from "../site.ts";
import type { TallyScope } from "./tally.ts";

/** A baseline as it is kept. */
export interface KeptBaseline extends Baseline {
	readonly setBy: "rule" | "owner";
	/** Unix milliseconds. */
	readonly setAt: number;
	readonly version: number;
	/** Whether it counts all answers or only the signed; null where that was not kept. */
	readonly verified: TallyScope["verified"] | null;
}

interface BaselineRow {
	version: number;
	set_at: number;
	status: Baseline["status"];
	set_by: KeptBaseline["setBy"];
	first_day: string;
	last_day: string;
	histogram: string;
	verified: KeptBaseline["verified"];
}

/** A survey's baselines, of every version, the newest first. */
export async function baselinesOf(db: D1Database, siteId: SiteId, survey: string): Promise<KeptBaseline[]> {
	const { results } = await db
		.prepare(
			`SELECT version, set_at, status, set_by, first_day, last_day, histogram, verified FROM baseline
			WHERE site = ?1 AND survey = ?2 ORDER BY version DESC, set_at DESC`,
		)
		.bind(siteId, survey)
		.all<BaselineRow>();
	return results.map(baselineOfRow);
}

/** The baseline in force of one version, or null. */
export async function currentBaseline(
	db: D1Database,
	siteId: SiteId,
	survey: string,
	version: number,
): Promise<KeptBaseline | null> {
	const row = await db
		.prepare(
			`SELECT version, set_at, status, set_by, first_day, last_day, histogram, verified FROM baseline
			WHERE site = ?1 AND survey = ?2 AND version = ?3 ORDER BY set_at DESC LIMIT 1`,
		)
		.bind(siteId, survey, version)
		.first<BaselineRow>();
	return row && baselineOfRow(row);
}

/** Keeps a baseline. A provisional one gives way to what follows it; a frozen one stays in the history. */
export async function keepBaseline(db: D1Database, siteId: SiteId, survey: string, baseline: KeptBaseline): Promise<void> {
	const { version, setAt, status, setBy, from, to, histogram, verified } = baseline;
	await db.batch([
		db
			.prepare("DELETE FROM baseline WHERE site = ?1 AND survey = ?2 AND version = ?3 AND status = 'provisional'")
			.bind(siteId, survey, version),
		db
			.prepare(
				`INSERT INTO baseline (site, survey, version, set_at, status, set_by, first_day, last_day, histogram, verified)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
				ON CONFLICT (site, survey, version, set_at)
				DO UPDATE SET status = ?5, set_by = ?6, first_day = ?7, last_day = ?8, histogram = ?9, verified = ?10`,
			)
			.bind(siteId, survey, version, setAt, status, setBy, from, to, JSON.stringify(histogram), verified),
	]);
}

function baselineOfRow(row: BaselineRow): KeptBaseline {
	return {
		version: row.version,
		setAt: row.set_at,
		status: row.status,
		setBy: row.set_by,
		from: row.first_day,
		to: row.last_day,
		histogram: JSON.parse(row.histogram),
		verified: row.verified,
	};
}
