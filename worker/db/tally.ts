import type { Day } from "../../shared/day.ts";
import { dekadOf, lastWholeDekad } from "../../shared/dekad.ts";
import type { Outcome } from "../../shared/outcome.ts";
import { IMPORT_PREFIX, VERIFIED_PREFIX } from "../../shared/tally-pairs.ts";
import type { SiteId } from "../site.ts";
import { OUTCOMES, PACKED_UNTIL, sumsOf } from "./pack-tally.ts";

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

/** A row of the tally, of one pair. */
type DayCount = readonly [day: Day, ...OutcomeCount];

/** Of each key two lists as JSON, of lists of DayCount: what is packed of it, and what the tally itself says of the days since. */
type DailyRow = Record<string, string>;

/**
 * The tally of one pair from `from` to `to`, both included, day by day and in order; days without an ask are missing. Reads a row for
 * each dekad that is packed and days × outcomes rows of the days since, whatever the number of answers.
 */
export async function dailyTally(
	db: D1Database,
	siteId: SiteId,
	scope: TallyScope,
	[key, value]: TallyPair,
	from: Day,
	to: Day,
): Promise<DayTally[]> {
	const everybody = key === "" && scope.verified === "only";
	const keys = everybody ? ["verified"] : keysOf(key, scope);
	const pair = (key: number) => `site = ?1 AND survey = ?2 AND version = ?3 AND key = ?${key + 8} AND value = ?4`;
	// A value of D1 may have two million bytes: of the longest window with the one before, one of these has a third of that at most.
	const lists = keys.map(
		(_, key) => `iif(until > ?5, (SELECT json_group_array(json(days)) FROM tally_dekad
				WHERE ${pair(key)} AND dekad BETWEEN ?7 AND ?6 AND dekad < until), '[]') AS packed_${key},
			(SELECT json_array(json_group_array(json_array(day, outcome, n, commented))) FROM tally
				WHERE ${pair(key)} AND day BETWEEN max(?5, until) AND ?6) AS since_${key}`,
	);
	const query = db.prepare(`SELECT ${lists.join(", ")} FROM (SELECT ${PACKED_UNTIL} AS until)`);
	const reads = scope.versions.map((version) =>
		query.bind(siteId, scope.survey, version, everybody ? "yes" : value, from, to, dekadOf(from), ...keys),
	);
	const days = new Map<Day, OutcomeCount[]>();
	const rows = (await db.batch<DailyRow>(reads)).flatMap(({ results }) =>
		results.flatMap((row) => Object.values(row).flatMap((json): DayCount[] => JSON.parse(json).flat())),
	);
	for (const [day, ...count] of rows) {
		if (day < from || day > to) continue;
		const counts = days.get(day);
		if (counts) counts.push(count);
		else days.set(day, [count]);
	}
	return [...days].map(([day, counts]) => ({ day, counts })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** One value under one key of one version: lists of what OUTCOMES come to, as JSON, wherever there is something. */
interface ValueTallyRow {
	/** Which of those asked for. */
	range: number;
	value: string;
	/** What the tally itself says, which is from where its packing ends. */
	since: string;
	/** What the dekads say that lie whole within the days. */
	whole: string | null;
	/** JSON: of each other dekad, JSON of a list of DayCount. */
	edges: string | null;
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
 * The tally of the values of several keys, one map for each of `asked`, in one query. Of each value, reads a row for each dekad that is
 * packed and days × outcomes rows of the days since, none twice.
 */
export async function tallyByValues(
	db: D1Database,
	siteId: SiteId,
	scope: TallyScope,
	asked: readonly ValuesAsked[],
): Promise<Map<string, OutcomeCount[]>[]> {
	const places = asked.flatMap(({ values, ...each }, range) =>
		scope.versions.flatMap((version) =>
			keysOf(each.key, scope).map((key) => ({ range, version, key, values: [...values].sort(), ...partsOf(each.from, each.to) })),
		),
	);
	const pair = (table: string) =>
		`${table}.site = ?1 AND ${table}.survey = ?2 AND ${table}.version = place.value ->> 'version' AND ${table}.key = place.value ->> 'key'
			AND ${table}.value = one.value`;
	const { results } = await db
		.prepare(
			`SELECT place.value ->> 'range' AS range, one.value AS value,
				(SELECT json_array(${SUMS_OF_ROWS}) FROM tally
					WHERE ${pair("tally")} AND day BETWEEN max(place.value ->> 'from', until) AND place.value ->> 'to') AS since,
				iif(until > place.value ->> 'from', (SELECT json_array(${SUMS_OF_LISTS}) FROM tally_dekad AS packed
					WHERE ${pair("packed")} AND dekad BETWEEN place.value ->> 'from' AND place.value ->> 'whole' AND dekad < until), NULL) AS whole,
				iif(until > place.value ->> 'from', (SELECT json_group_array(days)
					FROM json_each(place.value, '$.edges') AS edge CROSS JOIN tally_dekad AS packed
					WHERE ${pair("packed")} AND dekad = edge.value AND dekad < until), NULL) AS edges
			FROM (SELECT ${PACKED_UNTIL} AS until) CROSS JOIN json_each(?3) AS place CROSS JOIN json_each(place.value, '$.values') AS one`,
		)
		.bind(siteId, scope.survey, JSON.stringify(places))
		.all<ValueTallyRow>();
	const found = asked.map(() => new Map<string, OutcomeCount[]>());
	for (const { range, value, since, whole, edges } of results) {
		const { from = "", to = "" } = asked[range] ?? {};
		const counts = [since, whole ?? "[]"].flatMap((json) => countsOfList(JSON.parse(json)));
		const days: DayCount[] = JSON.parse(edges ?? "[]").flatMap((json: string) => JSON.parse(json));
		for (const [day, ...count] of days) if (day >= from && day <= to) counts.push(count);
		if (counts.length > 0) found[range]?.set(value, [...(found[range].get(value) ?? []), ...counts]);
	}
	return found;
}

const SUMS_OF_ROWS = sumsOf("outcome", "n", "commented");

/** SQL: for each of OUTCOMES the sum of what several lists of them say. */
const SUMS_OF_LISTS = OUTCOMES.flatMap((_, i) => [`sum(sums ->> ${2 * i})`, `sum(sums ->> ${2 * i + 1})`]).join(", ");

/** What a list of all OUTCOMES says, those left out of which there are none. */
function countsOfList(flat: readonly (number | null)[]): OutcomeCount[] {
	return OUTCOMES.map((outcome, i): OutcomeCount => [outcome, flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]).filter(([, n]) => n !== 0);
}

/** Days, and the dekads of them: from the first day on those up to `whole` have all their days among them, and `edges` only some. */
function partsOf(from: Day, to: Day) {
	const whole = lastWholeDekad(to);
	const edges = [dekadOf(from), dekadOf(to)].filter(
		(dekad, i, both) => (dekad < from || dekad > whole) && both.indexOf(dekad) === i,
	);
	return { from, to, whole, edges };
}

/** The keys under which a segment's asks are counted: signed ones and imported ones have keys of their own. */
function keysOf(key: string, { verified, imports = "with" }: TallyScope): string[] {
	if (key === "") return [""];
	if (imports === "only") return [IMPORT_PREFIX + key];
	if (verified === "only") return [VERIFIED_PREFIX + key];
	const asked = [key, VERIFIED_PREFIX + key];
	return imports === "with" ? [...asked, IMPORT_PREFIX + key] : asked;
}
