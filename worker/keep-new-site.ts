import { insertApiKey } from "./db/api-keys.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { insertPlace } from "./db/places.ts";
import { DIRECTORY } from "./db/shards.ts";
import { insertSite } from "./db/sites.ts";
import { insertSurvey } from "./db/surveys.ts";
import { withRetries } from "./db/with-retries.ts";
import type { Env } from "./env.ts";
import type { MadeKey } from "./new-api-key.ts";
import { questionOf } from "./new-survey.ts";
import type { Site, Survey } from "./site.ts";

/**
 * Keeps a new site with its surveys and its first key. Where it lives in the directory's own database, that is one batch. Elsewhere it is
 * two, and the directory's comes last: what it does not name nobody finds, so a fault between the two leaves a few rows that serve
 * nothing, and whoever tries again makes another site.
 */
export async function keepNewSite(env: Env, site: Site, surveys: readonly Survey[], { hash, key }: MadeKey): Promise<void> {
	const db = dbFor(env, site);
	const directory = directoryOf(env);
	const lives = [insertSite(db, site), ...surveys.flatMap((survey) => insertSurvey(db, site, survey, questionOf(site, survey)))];
	const isNamed = [insertPlace(directory, site), insertApiKey(directory, hash, key)];
	if (site.shard === DIRECTORY) {
		await directory.batch([...lives, ...isNamed]);
		return;
	}
	await db.batch(lives);
	await withRetries(() => directory.batch(isNamed));
}
