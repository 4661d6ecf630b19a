import { addDays, dayOf } from "../shared/day.ts";
import type { Health } from "../shared/operator-contract.ts";
import { directoryOf } from "./db/db-for.ts";
import { countDeadLetters } from "./db/dead-letters.ts";
import { deliveryHealth } from "./db/delivery-log.ts";
import { ingestWaitSince } from "./db/ingest-waits.ts";
import { minuteFailures } from "./db/minute-failures.ts";
import { putOffAt } from "./db/put-off.ts";
import { mendedDays } from "./db/recount.ts";
import { lastRun } from "./db/scheduled-run.ts";
import { otherSecretUsed } from "./db/secret-uses.ts";
import { DIRECTORY, type Shard, shardsOf } from "./db/shards.ts";
import { failures, type Line, lines } from "./db/turns.ts";
import { signingSites, unsignedShares } from "./db/unsigned-shares.ts";
import type { Env } from "./env.ts";
import { secretId } from "./keys/tombstone-id.ts";
import { log } from "./log.ts";
import { reasonOf } from "./reason-of.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Milliseconds after which an event that is due should long have been told: the run of every minute has missed it five times. */
const LATE_MS = 5 * 60 * 1000;

/** Items of one kind shown at once, and the most that are counted. */
const SHOWN = 50;
const COUNTED = 1_000;

/**
 * What an operator wants to know of the Worker at a glance. Reads a bounded number of rows, however many sites and answers there are. A
 * database that does not answer is named, and the others tell theirs.
 * @param after the sites that sign are shown from behind this one
 */
export async function healthOf(env: Env, now: number, after: string): Promise<Health> {
	const directory = directoryOf(env);
	const silent = new Set<string>();
	const heard = <Told>(shard: string, told: Promise<Told>): Promise<Told | null> =>
		told.catch((error) => {
			log({ event: "shard_failed", shard, chore: "health", reason: reasonOf(error) });
			silent.add(shard);
			return null;
		});
	const [inDirectory, ...all] = await Promise.all([
		heard(
			DIRECTORY,
			Promise.all([
				lastRun(directory),
				ingestWaitSince(directory, now - DAY_MS),
				putOffAt(directory, now),
				countDeadLetters(directory, COUNTED),
				minuteFailures(directory, now - DAY_MS, SHOWN),
				secretId(env).then((secret) => otherSecretUsed(directory, secret, now)),
			]),
		),
		...shardsOf(env).map((shard) => heard(shard.name, partOf(shard, now, after))),
	]);
	const [run, wait, putOff, letters, minutes, otherSecret] = inDirectory ?? [null, null, null, null, [], null];
	const parts = all.filter((part) => part !== null);
	const line = (chore: "evaluate" | "retain" | "recount") =>
		waitingOf(
			parts.map((part) => part.lines[chore]),
			now,
		);
	const signing = parts.flatMap((part) => part.signing).sort((a, b) => (a.site < b.site ? -1 : 1));
	return {
		at: iso(now),
		silent: silent.size > 0 ? [...silent].sort() : null,
		last_run: run && {
			started_at: iso(run.startedAt),
			ended_at: iso(run.endedAt),
			calls: run.calls,
			rows_read: run.rowsRead,
			rows_written: run.rowsWritten,
			steps: Object.fromEntries(Object.entries(run.report).map(([step, did]) => [step, { ...did }])),
		},
		waiting: { evaluate: line("evaluate"), retain: line("retain"), recount: line("recount") },
		failing: parts
			.flatMap((part) => part.failing)
			.slice(0, SHOWN)
			.map(({ since, at, ...failure }) => ({ ...failure, since: iso(since), last_at: iso(at) })),
		failed_minutes: minutes.map(({ since, at, ...failure }) => ({ ...failure, since: iso(since), last_at: iso(at) })),
		queue: wait && {
			last_written_at: iso(wait.lastAt),
			last_waited_ms: wait.lastMs,
			longest_waited_ms: wait.longestMs,
			messages: wait.messages,
		},
		put_off: putOff && { ...putOff, oldest: iso(putOff.oldest) },
		dead_letters: letters && { count: letters.count, oldest: letters.oldest === null ? null : iso(letters.oldest) },
		other_secret: otherSecret === null ? null : iso(otherSecret),
		deliveries: parts.map(({ shard, deliveries: { pending, dead, oldest, dueSince, untold, untoldSince } }) => ({
			shard,
			pending,
			dead,
			oldest_pending: oldest === null ? null : iso(oldest),
			behind_ms: dueSince === null ? null : Math.max(0, now - dueSince),
			untold,
			untold_ms: untoldSince === null ? null : Math.max(0, now - untoldSince),
			late: untoldSince !== null && now - untoldSince > LATE_MS,
		})),
		mended: parts
			.flatMap((part) => part.mended)
			.sort((a, b) => b.foundAt - a.foundAt)
			.slice(0, SHOWN)
			.map(({ foundAt, ...day }) => ({ ...day, found_at: iso(foundAt) })),
		signing: {
			sites: signing.slice(0, SHOWN),
			next: signing.length > SHOWN ? (signing[SHOWN - 1]?.site ?? null) : null,
		},
	};
}

/** What one database of sites tells. */
async function partOf({ name, db }: Shard, now: number, after: string) {
	const [waiting, failing, mended, signing, deliveries] = await Promise.all([
		lines(db, now, COUNTED),
		failures(db, SHOWN),
		mendedDays(db, now - 30 * DAY_MS, SHOWN),
		signingOf(db, now, after),
		deliveryHealth(db, now, COUNTED),
	]);
	return { shard: name, lines: waiting, failing, mended, signing, deliveries };
}

/** The sites that sign, one more than is shown, each with its last seven days. */
async function signingOf(db: D1Database, now: number, after: string) {
	const sites = await signingSites(db, after, SHOWN + 1);
	if (sites.length === 0) return [];
	const days = sites.map(({ id, timezone }) => {
		const to = dayOf(now, timezone);
		return { site: id, from: addDays(to, -6), to };
	});
	const shares = new Map((await unsignedShares(db, days)).map((row) => [row.site, row]));
	return sites.map(({ id, name }) => {
		const { answers = 0, unsigned = 0 } = shares.get(id) ?? {};
		return { site: id, name, answers, unverified: unsigned, share: answers > 0 ? unsigned / answers : null };
	});
}

function waitingOf(lines: readonly Line[], now: number) {
	const since = lines.flatMap(({ since }) => since ?? []);
	return {
		sites: lines.reduce((sum, { sites }) => sum + sites, 0),
		behind_ms: since.length > 0 ? Math.max(0, now - Math.min(...since)) : null,
	};
}

const iso = (ms: number) => new Date(ms).toISOString();
