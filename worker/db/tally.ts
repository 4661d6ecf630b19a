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
	value: string;
	/** For each of OUTCOMES how many asks, and how many of them with a comment. */
	sums: string;
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
 * The tally of the values of several keys, one map for each of `asked`, in one way to the database and back. Reads values × days ×
 * outcomes rows: each value is sought on its own, and summed along the primary key, so that no sorter reads a row twice.
 */
export async function tallyByValues(
	db: D1Database,
	siteId: SiteId,
	scope: TallyScope,
	asked: readonly ValuesAsked[],
): Promise<Map<string, OutcomeCount[]>[]> {
	const query = db.prepare(
		`SELECT value, json_array(${SUMS}) AS sums FROM tally
		WHERE site = ?1 AND survey = ?2 AND version = ?3 AND key = ?4 AND value IN (SELECT value FROM json_each(?5)) AND day BETWEEN ?6 AND ?7
		GROUP BY value`,
	);
	const reads = asked.flatMap(({ key, values, from, to }, which) => {
		const list = JSON.stringify(values);
		return scope.versions.flatMap((version) =>
			keysOf(key, scope).map((each) => ({
				which,
				statement: query.bind(siteId, scope.survey, version, each, list, from, to),
			})),
		);
	});
	const found = asked.map(() => new Map<string, OutcomeCount[]>());
	const replies = await db.batch<ValueTallyRow>(reads.map(({ statement }) => statement));
	for (const [i, { which }] of reads.entries())
		for (const { value, sums } of replies[i]?.results ?? []) {
			const flat: number[] = JSON.parse(sums);
			const counts = OUTCOMES.map((outcome, i): OutcomeCount => [outcome, flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]);
			const some = counts.filter(([, n]) => n !== 0);
			if (some.length > 0) found[which]?.set(value, [...(found[which].get(value) ?? []), ...some]);
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
