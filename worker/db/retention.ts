import type { Day } from "../../shared/day.ts";
import type { SiteId } from "../site.ts";

/** The columns of an ask that may tell who its shopper is. */
const IDENTITIES = ["comment", "customer", '"transaction"', "page"] as const;

/**
 * Deletes at most `limit` asks of the days before `rawFrom`, the oldest first. The site's own `raw_from` is moved there first, in the
 * same batch: the trigger then leaves the tally alone, and the day's counts stay. What was passed once stays passed.
 * @returns how many were deleted; less than `limit` where none is left
 */
export async function deleteOldAsks(db: D1Database, siteId: SiteId, rawFrom: Day, limit: number): Promise<number> {
	const [, deleted] = await db.batch([
		db.prepare("UPDATE site SET raw_from = ?2 WHERE id = ?1 AND (raw_from IS NULL OR raw_from < ?2)").bind(siteId, rawFrom),
		db
			.prepare(
				`DELETE FROM ask WHERE site = ?1 AND id IN (
					SELECT id FROM ask INDEXED BY ask_day WHERE site = ?1 AND day < (SELECT raw_from FROM site WHERE id = ?1) ORDER BY day LIMIT ?2)
				RETURNING id`,
			)
			.bind(siteId, limit),
	]);
	return deleted?.results.length ?? 0;
}

/** Where the body of a delivery may tell who a shopper is. The event stays: it may still be on its way. */
const TOLD = ["$.data.comment", "$.data.customer", "$.data.transaction"].map((path) => `'${path}'`);

const FORGET_TOLD = `UPDATE delivery INDEXED BY delivery_subject SET body = json_set(body, ${TOLD.map((path) => `${path}, NULL`).join(", ")})
	WHERE site = ?1 AND subject IN (SELECT value FROM json_each(?2))
		AND iif(json_valid(body), coalesce(${TOLD.map((path) => `json_extract(body, ${path})`).join(", ")}), NULL) IS NOT NULL`;

interface OldAsk {
	day: string;
	id: string;
	named: number;
}

/**
 * Takes from asks of the days before `before` what may tell who their shoppers are. Goes on after the ask the last call ended with, over
 * at most `limit`, so that none is looked at twice. What they count as stays, a comment among it. What is kept of what was told of them
 * elsewhere loses the same, and its case the notes.
 * @returns how many were looked at, less than `limit` where none is left, and how many of them had something to lose
 */
export async function forgetIdentities(
	db: D1Database,
	siteId: SiteId,
	before: Day,
	limit: number,
): Promise<{ readonly looked: number; readonly forgotten: number }> {
	const { results } = await db
		.prepare(
			`SELECT day, id, ${IDENTITIES.map((column) => `${column} IS NOT NULL`).join(" OR ")} AS named FROM ask INDEXED BY ask_day
			WHERE site = ?1 AND (day, id) > (SELECT nameless_day, nameless_id FROM site WHERE id = ?1) AND day < ?2
			ORDER BY day, id LIMIT ?3`,
		)
		.bind(siteId, before, limit)
		.all<OldAsk>();
	const last = results.length < limit ? undefined : results.at(-1);
	const named = results.flatMap(({ id, named }) => (named ? [id] : []));
	const bare = JSON.stringify(results.flatMap(({ id, named }) => (named ? [] : [id])));
	const looked = JSON.stringify(results.map(({ id }) => id));
	const [called] = await db.batch([
		// Triggers do the same for asks that lose something else, and these have nothing else to lose; whoever called them may have noted who they are.
		db
			.prepare("DELETE FROM callback WHERE site = ?1 AND ask IN (SELECT value FROM json_each(?2)) RETURNING ask")
			.bind(siteId, bare),
		db
			.prepare("DELETE FROM case_event WHERE site = ?1 AND file IN (SELECT value FROM json_each(?2)) AND kind = 'note'")
			.bind(siteId, bare),
		db
			.prepare(
				`UPDATE ask SET ${IDENTITIES.map((column) => `${column} = NULL`).join(", ")}
				WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))`,
			)
			.bind(siteId, JSON.stringify(named)),
		// What was told of an ask may hold more than is left of it: a comment that its shopper has taken back since.
		db.prepare(FORGET_TOLD).bind(siteId, looked),
		db
			.prepare("UPDATE site SET nameless_day = ?2, nameless_id = ?3 WHERE id = ?1 AND (nameless_day, nameless_id) < (?2, ?3)")
			.bind(siteId, last?.day ?? before, last?.id ?? ""),
	]);
	return { looked: results.length, forgotten: named.length + (called?.results.length ?? 0) };
}
