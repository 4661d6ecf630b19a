import { alertWindows, evaluateAlert, FIRE, FIRE_SEGMENT } from "../shared/alert.ts";
import { baselineOf } from "../shared/baseline.ts";
import type { Day } from "../shared/day.ts";
import type { Histogram } from "../shared/histogram.ts";
import { countsBetween, countsOf, histogramsOf } from "./counts.ts";
import { currentBaseline, keepBaseline } from "./db/baselines.ts";
import { clearEpisode, type Episode, openEpisode, openEpisodes } from "./db/episodes.ts";
import { firstAskedOf } from "./db/first-asked.ts";
import { surveysOf } from "./db/surveys.ts";
import { dailyTally, type TallyScope, tallyByValues } from "./db/tally.ts";
import { randomBase62 } from "./keys/key.ts";
import { segmentsOf, verifiedByDefault } from "./score-scope.ts";
import type { Site, Survey } from "./site.ts";

/**
 * What is done once a day for a site, about the days up to `day`: each survey's baseline moves by its rule, and each survey and each
 * value of its segments opens or clears an alert. Doing it again for the same day opens and clears nothing more.
 */
export async function evaluateSite(db: D1Database, site: Site, day: Day, now: number): Promise<void> {
	for (const survey of await surveysOf(db, site.id)) {
		const scope: TallyScope = { survey: survey.slug, versions: [survey.version], verified: verifiedByDefault(site) };
		await evaluateBaseline(db, site, survey, scope, day, now);
		await evaluateAlerts(db, site, survey, scope, day);
	}
}

/** Moves a baseline that has not been frozen. The whole history until then is read; a frozen one is never touched. */
async function evaluateBaseline(
	db: D1Database,
	site: Site,
	survey: Survey,
	scope: TallyScope,
	day: Day,
	now: number,
): Promise<void> {
	const kept = await currentBaseline(db, site.id, survey.slug, survey.version);
	if (kept?.status === "frozen") return;
	const first = (await firstAskedOf(db, site.id)).get(survey.slug);
	if (first === undefined) return;
	const days = await dailyTally(db, site.id, scope, ["", ""], first, day);
	const found = baselineOf(histogramsOf(days), day);
	if (!found) return;
	await keepBaseline(db, site.id, survey.slug, {
		...found,
		version: survey.version,
		verified: scope.verified,
		setBy: "rule",
		setAt: now,
	});
}

async function evaluateAlerts(db: D1Database, site: Site, survey: Survey, scope: TallyScope, day: Day): Promise<void> {
	const { recent, reference } = alertWindows(day);
	const open = await openEpisodes(db, site.id, survey.slug);
	const statements: D1PreparedStatement[] = [];

	const evaluate = (key: string, value: string, late: Histogram, early: Histogram) => {
		const episode = open.find((each) => each.key === key && each.value === value);
		// A new version asks another question, and signed answers are others than all: what was open about the old ones is over.
		if (episode && (episode.version !== survey.version || (episode.verified ?? scope.verified) !== scope.verified)) {
			statements.push(clearEpisode(db, site.id, episode.id, day));
			return;
		}
		const { z, step } = evaluateAlert(survey.metric, late, early, episode !== undefined, key === "" ? FIRE : FIRE_SEGMENT);
		if (step === "clear" && episode) statements.push(clearEpisode(db, site.id, episode.id, day));
		if (step !== "open" || z === null) return;
		const opened: Episode = {
			id: randomBase62(12),
			survey: survey.slug,
			version: survey.version,
			key,
			value,
			openedOn: day,
			clearedOn: null,
			z,
			recent: { ...recent, histogram: late },
			reference: { ...reference, histogram: early },
			verified: scope.verified,
		};
		statements.push(openEpisode(db, site.id, opened));
	};

	const days = await dailyTally(db, site.id, scope, ["", ""], reference.from, recent.to);
	evaluate("", "", countsBetween(days, recent).histogram, countsBetween(days, reference).histogram);
	const segments = [...segmentsOf(site)].map(([key, values]) => ({ key, values }));
	const tallies = await tallyByValues(
		db,
		site.id,
		scope,
		[recent, reference].flatMap(({ from, to }) => segments.map((segment) => ({ ...segment, from, to }))),
	);
	for (const [i, { key, values }] of segments.entries()) {
		const late = tallies[i] ?? new Map();
		const early = tallies[i + segments.length] ?? new Map();
		for (const value of values) {
			const known = open.some((each) => each.key === key && each.value === value);
			if (!known && !(late.has(value) && early.has(value))) continue;
			evaluate(key, value, countsOf(late.get(value) ?? []).histogram, countsOf(early.get(value) ?? []).histogram);
		}
	}
	for (const { id, key, value } of open)
		if (key !== "" && !segmentsOf(site).get(key)?.includes(value)) statements.push(clearEpisode(db, site.id, id, day));
	if (statements.length > 0) await db.batch(statements);
}
