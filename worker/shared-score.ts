import type { Receipt } from "../shared/ask-contract.ts";
import { addDays, dayOf } from "../shared/day.ts";
import { PUBLIC_SCORE_MS, PUBLIC_SCORE_RESPONSES } from "../shared/limits.ts";
import { round } from "../shared/round.ts";
import { scoreOf } from "../shared/score.ts";
import { countsBetween } from "./counts.ts";
import { dbFor } from "./db/db-for.ts";
import { keepSharedScore, keptSharedScore, type SharedScoreRow } from "./db/shared-score.ts";
import { dailyTally } from "./db/tally.ts";
import type { Env } from "./env.ts";
import { verifiedByDefault } from "./score-scope.ts";
import type { Site, Survey } from "./site.ts";

/** What a shopper is told of a shop's score. */
export type SharedScore = NonNullable<Receipt["score"]>;

/**
 * The score a survey shows to shoppers: its last 30 days, rounded, from 30 answers on, else null. Computed at most every ten
 * minutes for the whole world and kept, so that nobody learns one answer from the score before and after it.
 */
export async function sharedScore(env: Env, site: Site, survey: Survey, now: number): Promise<SharedScore | null> {
	const db = dbFor(env, site);
	const kept = await keptSharedScore(db, site.id, survey.slug);
	const same = kept?.version === survey.version && kept.verified === verifiedByDefault(site);
	const stands = kept && same && now - kept.computed_at < PUBLIC_SCORE_MS;
	const { value, responses } = stands ? kept : await computeSharedScore(db, site, survey, now);
	if (value === null || responses < PUBLIC_SCORE_RESPONSES) return null;
	return { metric: survey.metric, value: round(value, survey.metric === "ces" ? 1 : 0), responses, window: "30d" };
}

async function computeSharedScore(db: D1Database, site: Site, survey: Survey, now: number): Promise<SharedScoreRow> {
	const { slug, version, metric } = survey;
	const to = dayOf(now, site.timezone);
	const from = addDays(to, -29);
	const verified = verifiedByDefault(site);
	const scope = { survey: slug, versions: [version], verified };
	const days = await dailyTally(db, site.id, scope, ["", ""], from, to);
	const { value, responses } = scoreOf(metric, countsBetween(days, { from, to }).histogram);
	const row = { version, verified, value, responses, computed_at: now };
	await keepSharedScore(db, site.id, slug, row, now - PUBLIC_SCORE_MS);
	return row;
}
