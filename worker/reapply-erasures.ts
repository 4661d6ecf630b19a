import { ApiError } from "./api-error.ts";
import { deleteAnswers } from "./db/answers.ts";
import { insertAudit } from "./db/audit.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { lettersAfter } from "./db/dead-letters.ts";
import { asksAfter, eraseAsksById, erasuresAmong } from "./db/erasure.ts";
import { placeAfter } from "./db/places.ts";
import { hasErased, insertTombstones } from "./db/tombstones.ts";
import type { Env } from "./env.ts";
import { randomBase62 } from "./keys/key.ts";
import { tombstoneIdsOf } from "./keys/tombstone-id.ts";
import { placeOf } from "./place-cache.ts";
import { settleLetter } from "./settle-letter.ts";
import type { Site, SiteId } from "./site.ts";
import { siteAt } from "./site-at.ts";
import { suppressedOf } from "./suppressed.ts";

/** Where re-applying goes on: with the list or the asks of a site, or after all sites with the dead letters, and after what there. */
export interface Position {
	readonly stage: "list" | "asks" | "letters";
	/** Empty where the stage has no site. */
	readonly site: SiteId;
	/** Empty at the beginning. */
	readonly after: string;
}

/** What a step did. */
export interface Step {
	/** Tombstones that the list gave to the database. */
	readonly tombstones: number;
	/** Asks and dead letters that lost who they name, and those that went. */
	readonly erased: number;
	readonly deleted: number;
	/** Null at the end. */
	readonly next: Position | null;
}

// Within the queries and the time that an invocation has on the free plan.
const TOMBSTONES_A_STEP = 500;
const ASKS_A_STEP = 250;
const LETTERS_A_STEP = 10;

/** Sites without a tombstone that a step passes by. */
const SITES_A_STEP = 10;

const NOTHING = { tombstones: 0, erased: 0, deleted: 0 };

/**
 * One step of erasing again what a restored database has brought back. Site after site the list gives the database its tombstones, and
 * takes out what was deleted; then the asks are hashed, for the list knows nobody by name, and those that a tombstone names are erased.
 * What was done is not done again: any step can be repeated.
 * @param place where the step before ended; null begins
 */
export async function reapplyErasures(env: Env, place: Position | null, now: number): Promise<Step> {
	if (!env.AFTERWORD_SECRET) throw ApiError.unavailable("The operator must set the Worker's secret AFTERWORD_SECRET first");
	let here = place ?? (await siteFollowing(env, ""));
	for (let passed = 0; passed < SITES_A_STEP; passed++) {
		if (here.stage === "letters") return reapplyLetters(env, here.after);
		const site = await siteOf(env, here.site);
		if (!site) throw ApiError.invalid("cursor", "must be the next of an earlier step");
		const step = here.stage === "list" ? await reapplyList(env, site, here.after) : await reapplyAsks(env, site, here.after, now);
		if (step.erased + step.deleted > 0) await note(env, site, now);
		if (step.tombstones > 0 || here.stage === "asks") return step;
		here = step.next;
	}
	return { ...NOTHING, next: here };
}

async function siteOf(env: Env, siteId: SiteId): Promise<Site | null> {
	const place = await placeOf(env, siteId);
	return place && siteAt(env, place);
}

async function siteFollowing(env: Env, after: SiteId): Promise<Position> {
	const place = await placeAfter(directoryOf(env), after);
	return place ? { stage: "list", site: place.id, after: "" } : { stage: "letters", site: "", after: "" };
}

/** A part of a site's list; after the last, its asks where there can be any to erase. */
async function reapplyList(env: Env, site: Site, after: string): Promise<Step & { readonly next: Position }> {
	const db = dbFor(env, site);
	const { tombstones, next } = await suppressedOf(env, site.id, after || null, TOMBSTONES_A_STEP);
	const answers = tombstones.filter(({ id }) => !id.includes("/"));
	const deleted = answers.length > 0 ? await deleteAnswers(db, site.id, answers) : 0;
	if (tombstones.length > 0) await insertTombstones(db, site.id, tombstones).run();
	const here = { stage: "list", site: site.id, after: next ?? "" } as const;
	const later = next !== null ? here : (await hasErased(db, site.id)) ? ({ ...here, stage: "asks" } as const) : null;
	return { tombstones: tombstones.length, erased: 0, deleted, next: later ?? (await siteFollowing(env, site.id)) };
}

async function reapplyAsks(env: Env, site: Site, after: string, now: number): Promise<Step & { readonly next: Position }> {
	const db = dbFor(env, site);
	const asks = await asksAfter(db, site.id, after, ASKS_A_STEP);
	const naming = asks.filter(({ customer, transaction }) => customer !== null || transaction !== null);
	const named = await Promise.all(naming.map(async (ask) => [ask.id, ...(await tombstoneIdsOf(env, site.id, ask))] as const));
	const erasures = await erasuresAmong(db, site.id, named);
	const ids = naming.filter(({ id, shown_at }) => (erasures.get(id) ?? 0) >= shown_at).map(({ id }) => id);
	const erased = ids.length > 0 ? await eraseAsksById(db, site.id, ids, now) : 0;
	const last = asks.length === ASKS_A_STEP ? asks.at(-1) : undefined;
	const next: Position = last ? { stage: "asks", site: site.id, after: last.id } : await siteFollowing(env, site.id);
	return { ...NOTHING, erased, next };
}

async function reapplyLetters(env: Env, after: string): Promise<Step> {
	const letters = await lettersAfter(directoryOf(env), after, LETTERS_A_STEP);
	const done = { erased: 0, deleted: 0 };
	for (const letter of letters) {
		const fate = await settleLetter(env, letter);
		if (fate) done[fate]++;
	}
	const last = letters.length === LETTERS_A_STEP ? letters.at(-1) : undefined;
	return { ...NOTHING, ...done, next: last ? { stage: "letters", site: "", after: last.id } : null };
}

function note(env: Env, site: Site, at: number): Promise<void> {
	const done = { actor: "operator", action: "POST /v1/reapply-erasures", object: "", request: "", result: "200" };
	return insertAudit(dbFor(env, site), site.id, { at, id: randomBase62(8), ...done });
}
