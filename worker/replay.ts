import { addMonths, dayOf } from "../shared/day.ts";
import { dbFor } from "./db/db-for.ts";
import type { DeadLetter } from "./db/dead-letters.ts";
import { type Revision, recordAsk } from "./db/record-ask.ts";
import { recordAsks } from "./db/record-asks.ts";
import { withRetries } from "./db/with-retries.ts";
import type { Env } from "./env.ts";
import { tombstoneIdsOf } from "./keys/tombstone-id.ts";
import { parseQueued } from "./parse-queued.ts";
import { placeOf } from "./place-cache.ts";
import { reasonOf } from "./reason-of.ts";
import type { Site, SiteId } from "./site.ts";
import { siteAt } from "./site-at.ts";

/** Letters written one by one in one replay, where all of a site's at once could not be. */
const SINGLES = 20;

/** What came of a replay: the ids that are kept, those that are not and why. One in neither was not tried. */
export interface Replayed {
	readonly kept: readonly string[];
	readonly failed: readonly { readonly id: string; readonly reason: string }[];
}

interface Readable {
	readonly id: string;
	readonly revision: Revision;
}

/**
 * Writes what dead letters hold, as the queue would have: twice, late or out of order ends the same, and what was deleted or erased
 * meanwhile stays so. What changes nothing any more counts as kept. A site's letters are one statement; where that fails, some are tried
 * one by one, so that one that cannot be kept holds back no other; nor does a site that cannot be read.
 */
export async function replay(env: Env, letters: readonly DeadLetter[], now: number): Promise<Replayed> {
	const kept: string[] = [];
	const failed: { id: string; reason: string }[] = [];
	const sites = new Map<SiteId, Readable[]>();
	for (const { id, body } of letters) {
		try {
			const { site, revision } = parseQueued(JSON.parse(body));
			sites.set(site, [...(sites.get(site) ?? []), { id, revision }]);
		} catch (error) {
			failed.push({ id, reason: reasonOf(error) });
		}
	}

	let singles = SINGLES;
	for (const [siteId, readable] of sites) {
		try {
			const done = await replaySite(env, siteId, readable, singles, now);
			kept.push(...done.kept);
			failed.push(...done.failed);
			singles -= done.singles;
		} catch (error) {
			// A database that does not answer is that of its own sites.
			failed.push(...readable.map(({ id }) => ({ id, reason: reasonOf(error) })));
		}
	}
	return { kept, failed };
}

/** @param most how many may be tried one by one. @returns also how many were. @throws where the site cannot be read */
async function replaySite(
	env: Env,
	siteId: SiteId,
	readable: readonly Readable[],
	most: number,
	now: number,
): Promise<Replayed & { readonly singles: number }> {
	const place = await placeOf(env, siteId);
	const site = place && (await siteAt(env, place));
	if (!site) return { kept: [], failed: readable.map(({ id }) => ({ id, reason: "There is no such site" })), singles: 0 };
	const gone = ({ revision }: Readable) => revision.day < (site.rawFrom ?? "");
	const reason = `Its day is before ${site.rawFrom}, from which on the site keeps its asks`;
	const failed = readable.filter(gone).map(({ id }) => ({ id, reason }));
	const open = readable.filter((one) => !gone(one));
	const revisions = open.map(({ revision }) => nameable(site, revision, now));
	const all = await Promise.all(
		revisions.map(async (revision) => [revision, await tombstoneIdsOf(env, siteId, revision)] as const),
	);
	const db = dbFor(env, site);
	try {
		await withRetries(() => recordAsks(db, siteId, all));
		return { kept: open.map(({ id }) => id), failed, singles: 0 };
	} catch {
		const kept: string[] = [];
		const single = open.slice(0, most);
		for (const [i, { id }] of single.entries()) {
			try {
				const one = all[i];
				if (one) await recordAsk(db, siteId, ...one);
				kept.push(id);
			} catch (error) {
				failed.push({ id, reason: reasonOf(error) });
			}
		}
		return { kept, failed, singles: single.length };
	}
}

/** What the site would still keep of a revision today: one that was dead for a year comes back without a name. */
function nameable(site: Site, revision: Revision, now: number): Revision {
	const namedFrom = addMonths(dayOf(now, site.timezone), -site.retention.identitiesMonths);
	if (revision.day >= namedFrom) return revision;
	return { ...revision, comment: null, customer: null, transaction: null, page: null, callback: null };
}
