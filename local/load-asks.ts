import { createHash } from "node:crypto";
import { dayOf } from "../shared/day.ts";
import { outcomeOf, type Status } from "../shared/outcome.ts";
import { delayOf, pairsOf } from "../shared/tally-pairs.ts";
import type { LocalD1 } from "./local-d1.ts";

/** An ask as it is made up for a demo or a measurement. Times are Unix milliseconds. */
export interface LoadedAsk {
	readonly survey: string;
	readonly status: Status;
	readonly score: number | null;
	readonly drivers: readonly string[];
	readonly comment: string | null;
	/** Built-in and declared, each with one of its values. */
	readonly segments: Readonly<Record<string, string>>;
	readonly transaction: string | null;
	readonly shownAt: number;
	readonly answeredAfterMs: number | null;
	readonly page: string | null;
	/** Whether its order was signed; left out of what a site is asked that signs none. */
	readonly verified?: boolean;
}

const PART = 500;

/**
 * Writes asks straight into a local database, 500 a statement; the triggers keep the tally as for any other ask.
 * @param name tells the ids of one load from those of another
 */
export async function loadAsks(
	db: LocalD1,
	site: { id: string; timezone: string },
	asks: Iterable<LoadedAsk>,
	name = "loaded",
): Promise<number> {
	let loaded = 0;
	let part: unknown[] = [];
	const flush = async () => {
		if (part.length > 0) await db.prepare(INSERT).bind(site.id, JSON.stringify(part)).run();
		part = [];
	};
	for (const ask of asks) {
		part.push(rowOf(site, ask, `${name}:${loaded++}`));
		if (part.length === PART) await flush();
	}
	await flush();
	return loaded;
}

const COLUMNS = [
	"id",
	"survey",
	"status",
	"outcome",
	"score",
	"drivers",
	"comment",
	"commented",
	"segments",
	"pairs",
	"transaction",
	"delay",
	"page",
	"verified",
	"day",
	"shown_at",
	"updated_at",
];

const INSERT = `INSERT INTO ask (site, rev, version, ${COLUMNS.map((column) => `"${column}"`).join(", ")})
	SELECT ?1, 1, 1, ${COLUMNS.map((_, i) => `json_extract(value, '$[${i}]')`).join(", ")} FROM json_each(?2)`;

function rowOf(site: { id: string; timezone: string }, ask: LoadedAsk, name: string): unknown[] {
	const delay = ask.status === "answered" ? delayOf(ask.answeredAfterMs ?? 0) : null;
	return [
		createHash("sha256").update(`${site.id}:${name}`).digest("hex").slice(0, 32),
		ask.survey,
		ask.status,
		outcomeOf(ask.status, ask.score),
		ask.score,
		JSON.stringify(ask.drivers),
		ask.comment,
		ask.comment === null ? 0 : 1,
		JSON.stringify(ask.segments),
		JSON.stringify(pairsOf({ ...ask, delay, verified: ask.verified ?? null })),
		ask.transaction,
		delay,
		ask.page,
		ask.verified ? 1 : 0,
		dayOf(ask.shownAt, site.timezone),
		ask.shownAt,
		ask.shownAt + (ask.answeredAfterMs ?? 0),
	];
}
