import { nextMidnight } from "../shared/day.ts";
import type { Shard } from "./db/shards.ts";
import { type ChoreName, claimTurn, endTurn, failTurn } from "./db/turns.ts";
import { log } from "./log.ts";
import { reasonOf } from "./reason-of.ts";
import type { Site } from "./site.ts";

/** Milliseconds until a site whose turn failed has its next. */
const AGAIN_MS = 60 * 60 * 1000;

/** One kind of work that every site needs once a local day. */
export interface Chore {
	readonly name: ChoreName;
	/** Turns in one run, and rows gone through in them, each at most. */
	readonly turns: number;
	readonly rows: number;
	/** Ways to the database that a turn usually takes. */
	readonly calls: number;
	/** Does a piece of it for one site. Doing it again must do no harm. */
	turn(db: D1Database, site: Site, now: number): Promise<Turn>;
}

/** What came of a turn. */
export interface Turn {
	readonly rows: number;
	/** Whether the site is done for its day; otherwise it lines up again, behind the others. */
	readonly finished: boolean;
	/** How many of what, for the log. */
	readonly did: Readonly<Record<string, number>>;
}

/** What came of a chore in one run: turns, those of them that failed, and the sums of what they did. */
export type Report = Readonly<Record<string, number>> & { readonly turns: number; readonly failed: number };

/**
 * Lets the sites whose turn at a chore has come have it, the longest waiting of each shard first, as far as the run goes: one of each shard
 * in turn, then the next of each, so that none waits for another. One that fails is said and comes again in an hour; a shard that fails is
 * said and passed over.
 * @param mayCall whether so many more ways to the database are left in this run
 */
export async function takeTurns(
	shards: readonly Shard[],
	chore: Chore,
	now: number,
	mayCall: (calls: number) => boolean,
): Promise<Report> {
	const did: Record<string, number> = {};
	let [turns, failed, rows] = [0, 0, 0];
	let waiting = shards;
	while (waiting.length > 0) {
		const next: Shard[] = [];
		for (const shard of waiting) {
			if (turns >= chore.turns || rows >= chore.rows || !mayCall(chore.calls)) return { turns, failed, ...did };
			const turn = await turnIn(shard, chore, now);
			if (!turn) continue;
			next.push(shard);
			turns++;
			if (turn === "failed") failed++;
			else {
				rows += turn.rows;
				for (const [what, many] of Object.entries(turn.did)) did[what] = (did[what] ?? 0) + many;
			}
		}
		waiting = next;
	}
	return { turns, failed, ...did };
}

/** One turn of the site that waits longest in a shard; null where none waits, or the shard does not say. */
async function turnIn({ name, db }: Shard, chore: Chore, now: number): Promise<Turn | "failed" | null> {
	let site: Site | null;
	try {
		site = await claimTurn(db, chore.name, now, now + AGAIN_MS);
	} catch (error) {
		log({ event: "shard_failed", shard: name, chore: chore.name, reason: reasonOf(error) });
		return null;
	}
	if (!site) return null;
	try {
		const turn = await chore.turn(db, site, now);
		await endTurn(db, chore.name, site.id, turn.finished ? nextMidnight(now, site.timezone) : now, turn.finished);
		return turn;
	} catch (error) {
		const reason = reasonOf(error);
		log({ event: "chore_failed", chore: chore.name, site: site.id, reason });
		await failTurn(db, chore.name, site.id, now, reason).catch(() => {});
		return "failed";
	}
}
