import { EDIT_WINDOW_MS } from "../shared/limits.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { type DeadLetter, deleteDeadLetters, eraseDeadLetter } from "./db/dead-letters.ts";
import { type Fate, type Fated, fateOf } from "./db/erasure.ts";
import type { Env } from "./env.ts";
import { type TombstoneIds, tombstoneIdsOf } from "./keys/tombstone-id.ts";
import { log } from "./log.ts";
import { placeOf } from "./place-cache.ts";
import { reasonOf } from "./reason-of.ts";
import type { Place, SiteId } from "./site.ts";
import { suppressedAt } from "./suppressed.ts";

/**
 * Does to a dead letter, once it is kept, what was done to its ask or to whom it names: where the ask was deleted the letter goes, where
 * somebody was erased it names nobody any more. The site's database knows of it; where that does not answer, the list outside it.
 * @returns what was done to the letter by this
 */
export async function settleLetter(env: Env, { id, body }: Pick<DeadLetter, "id" | "body">): Promise<Fate> {
	const { site, revision } = Object(JSON.parse(body));
	const place = typeof site === "string" ? await placeOf(env, site) : null;
	if (!place) return null;
	const fated = readFated(revision);
	const { customer, transaction } = Object(revision);
	const tombstones = await tombstoneIdsOf(env, place.id, { customer: textIn(customer), transaction: textIn(transaction) });
	const fate = await knownFate(env, place, fated, tombstones);
	if (fate === "deleted") await deleteDeadLetters(directoryOf(env), [id]);
	return fate === "erased" && !(await eraseDeadLetter(directoryOf(env), id)) ? null : fate;
}

async function knownFate(env: Env, place: Place, fated: Fated, tombstones: TombstoneIds): Promise<Fate> {
	try {
		return await fateOf(dbFor(env, place), place.id, fated, tombstones);
	} catch (error) {
		log({ event: "fate_unknown", site: place.id, reason: reasonOf(error) });
		return listedFate(env, place.id, fated, tombstones);
	}
}

/** What the list outside the database says. When the ask was shown is what this revision says of it. */
async function listedFate(env: Env, siteId: SiteId, { id, shownAt, receivedAt }: Fated, tombstones: TombstoneIds): Promise<Fate> {
	const [deleted, ...erased] = await Promise.all(
		[id, ...tombstones].map((each) => (each ? suppressedAt(env, siteId, each) : null)),
	);
	if (typeof deleted === "number") return "deleted";
	return erased.some((at) => at !== null && (at >= shownAt || receivedAt - shownAt >= EDIT_WINDOW_MS)) ? "erased" : null;
}

/** What can be read of a revision, which nobody has checked; one that does not say when it was shown was shown long ago. */
function readFated(revision: unknown): Fated {
	const { id, shownAt, receivedAt } = Object(revision);
	return { id: textIn(id) ?? "", shownAt: Number(shownAt) || 0, receivedAt: Number(receivedAt) || 0 };
}

const textIn = (value: unknown): string | null => (typeof value === "string" ? value : null);
