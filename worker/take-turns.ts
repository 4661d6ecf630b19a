import { nextMidnight } from "../shared/day.ts";
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
 * Lets the sites whose turn at a chore has come have it, the longest waiting first, as far as the run goes. One that fails is said and
 * comes again in an hour; it does not keep the others waiting.
 * @param mayCall whether so many more ways to the database are left in this run
 */
export async function takeTurns(db: D1Database, chore: Chore, now: number, mayCall: (calls: number) => boolean): Promise<Report> {
	const did: Record<string, number> = {};
	let turns = 0;
	let failed = 0;
	let rows = 0;
	while (turns < chore.turns && rows < chore.rows && mayCall(chore.calls)) {
		const site = await claimTurn(db, chore.name, now, now + AGAIN_MS);
		if (!site) break;
		turns++;
		try {
			const turn = await chore.turn(db, site, now);
			rows += turn.rows;
			for (const [what, many] of Object.entries(turn.did)) did[what] = (did[what] ?? 0) + many;
			const next = turn.finished ? nextMidnight(now, site.timezone) : now;
			await endTurn(db, chore.name, site.id, next, turn.finished);
		} catch (error) {
			failed++;
			const reason = reasonOf(error);
			log({ event: "chore_failed", chore: chore.name, site: site.id, reason });
			await failTurn(db, chore.name, site.id, now, reason);
		}
	}
	return { turns, failed, ...did };
}
