import type { Day } from "../../shared/day.ts";
import { valuesOf } from "../../shared/metrics.ts";
import type { Outcome } from "../../shared/outcome.ts";
import { IMPORT_PREFIX, VERIFIED_PREFIX } from "../../shared/tally-pairs.ts";
import type { SiteId } from "../site.ts";

/** Asks with one outcome, and those of them with a comment. */
export type OutcomeCount = readonly [outcome: Outcome, n: number, commented: number];

/** What the tally holds of one day. */
export interface DayTally {
	readonly day: Day;
	readonly counts: readonly OutcomeCount[];
}

/** Which asks are counted: some versions of one survey, signed ones only or all. */
export interface TallyScope {
	readonly survey: string;
	readonly versions: readonly number[];
	readonly verified: "all" | "only";
	/** Whether imported asks count, or they alone; only for a key, since everybody includes them always. Without it they do. */
	readonly imports?: "with" | "without" | "only";
}

/** A key and one of its values; `["", ""]` is everybody. */
export type TallyPair = readonly [key: string, value: string];

interface DayTallyRow {
	day: string;
	counts: string;
}

/**
 * The tally of one pair from `from` to `to`, both included, day by day and in order; days without an ask are missing. Reads days ×
 * outcomes rows, whatever the number of answers: grouped along the primary key, so that no sorter reads them twice.
 */
export async function dailyTally(
	db: D1Database,
	siteId: SiteId,
	scope: TallyScope,
	[key, value]: TallyPair,
	from: Day,
	to: Day,
): Promise<DayTally[]> {
	const query = db.prepare(
		`SELECT day, json_group_array(json_array(outcome, n, commented)) AS counts FROM tally
		WHERE site = ?1 AND survey = ?2 AND version = ?3 AND key = ?4 AND value = ?5 AND day BETWEEN ?6 AND ?7
		GROUP BY day`,
	);
	const everybody = key === "" && scope.verified === "only";
	const keys = everybody ? ["verified"] : keysOf(key, scope);
	const reads = scope.versions.flatMap((version) =>
		keys.map((each) => query.bind(siteId, scope.survey, version, each, everybody ? "yes" : value, from, to)),
	);
	const days = new Map<Day, OutcomeCount[]>();
	for (const { results } of await db.batch<DayTallyRow>(reads))
		for (const { day, counts } of results) days.set(day, [...(days.get(day) ?? []), ...JSON.parse(counts)]);
	return [...days].map(([day, counts]) => ({ day, counts })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Every outcome there is, whatever the metric. */
const OUTCOMES: readonly Outcome[] = [...valuesOf("nps").map(String), "dismissed", "ignored"];

const SUMS = OUTCOMES.map((o) => `sum(iif(outcome = '${o}', n, 0)), sum(iif(outcome = '${o}', commented, 0))`).join(", ");

interface ValueTallyRow {
	/** Which of those asked for. */
	place: number;
	/** JSON: each value with, for each of OUTCOMES, how many asks, and how many of them with a comment. */
	found: string;
}

/** Values of one key, and the days over which they are summed, both included. */
export interface ValuesAsked {
	readonly key: string;
	readonly values: readonly string[];
	readonly from: Day;
	readonly to: Day;
}

/** The tally of several values of one key, summed over the days from `from` to `to`. */
export async function tallyByValue(
	db: D1Database,
	siteId: SiteId,
	scope: TallyScope,
	key: string,
	values: readonly string[],
	from: Day,
	to: Day,
): Promise<Map<string, OutcomeCount[]>> {
	const [found = new Map()] = await tallyByValues(db, siteId, scope, [{ key, values, from, to }]);
	return found;
}

/**
 * The tally of the values of several keys, one map for each of `asked`, in one query. Reads values × days × outcomes rows: each value is
 * sought on its own and summed along the primary key, so that no sorter reads a row twice.
 */
export async function tallyByValues(
	db: D1Database,
	siteId: SiteId,
	scope: TallyScope,
	asked: readonly ValuesAsked[],
): Promise<Map<string, OutcomeCount[]>[]> {
	const places = asked.flatMap((each, which) =>
		scope.versions.flatMap((version) => keysOf(each.key, scope).map((key) => ({ ...each, which, version, key }))),
	);
	const { results } = await db
		.prepare(
			`SELECT place.key AS place, (SELECT json_group_array(json_array(value, json(sums))) FROM (
				SELECT value, json_array(${SUMS}) AS sums FROM tally
				WHERE site = ?1 AND survey = ?2 AND version = place.value ->> 'version' AND key = place.value ->> 'key'
					AND value IN (SELECT value FROM json_each(place.value, '$.values'))
					AND day BETWEEN place.value ->> 'from' AND place.value ->> 'to'
				GROUP BY value)) AS found
			FROM json_each(?3) AS place`,
		)
		.bind(siteId, scope.survey, JSON.stringify(places))
		.all<ValueTallyRow>();
	const found = asked.map(() => new Map<string, OutcomeCount[]>());
	for (const { place, found: json } of results) {
		const values = found[places[place]?.which ?? -1];
		const sums: [value: string, flat: number[]][] = JSON.parse(json);
		for (const [value, flat] of sums) {
			const counts = OUTCOMES.map((outcome, i): OutcomeCount => [outcome, flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]);
			const some = counts.filter(([, n]) => n !== 0);
			if (some.length > 0) values?.set(value, [...(values.get(value) ?? []), ...some]);
		}
	}
	return found;
}

/** The keys under which a segment's asks are counted: signed ones and imported ones have keys of their own. */
function keysOf(key: string, { verified, imports = "with" }: TallyScope): string[] {
	if (key === "") return [""];
	if (imports === "only") return [IMPORT_PREFIX + key];
	if (verified === "only") return [VERIFIED_PREFIX + key];
	const asked = [key, VERIFIED_PREFIX + key];
	return imports === "with" ? [...asked, IMPORT_PREFIX + key] : asked;
}
