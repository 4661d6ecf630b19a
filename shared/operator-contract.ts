import * as z from "zod";
import { count } from "./score-contract.ts";

const time = z.iso.datetime();
const named = { site: z.string(), name: z.string().nullable().describe("What the site is called; null where it is gone.") };
const waiting = z.object({
	sites: count.describe("Sites whose turn has come; of very many, a thousand are counted."),
	behind_ms: z.number().nullable().describe("How long the one that waits longest has waited; null where none does."),
});

/** How the Worker fares, for its operator. */
export const health = z
	.object({
		at: time,
		silent: z
			.array(z.string())
			.nullable()
			.describe(
				"Databases that did not answer, by the names of their bindings: of their sites nothing is counted or listed here. `DB` is the directory too. Null where all did.",
			),
		last_run: z
			.object({
				started_at: time,
				ended_at: time,
				calls: count.describe("Ways to the database."),
				rows_read: count,
				rows_written: count,
				steps: z
					.record(z.string(), z.record(z.string(), count))
					.describe("What each step did: turns, those of them that failed, and how many of what."),
			})
			.nullable()
			.describe(
				"The scheduled run that ended last; one begins every five minutes. Null before the first, and where the directory is silent.",
			),
		waiting: z
			.object({ evaluate: waiting, retain: waiting, recount: waiting })
			.describe(
				"How far the scheduled run is behind with alerts and baselines, with retention, and with the recount of the tally.",
			),
		failing: z
			.array(
				z.object({
					...named,
					chore: z.enum(["evaluate", "retain", "recount"]),
					since: time,
					last_at: time,
					times: count,
					reason: z.string(),
				}),
			)
			.describe("What has failed for a site and not succeeded since; tried again every hour. At most 50."),
		failed_minutes: z
			.array(
				z.object({
					shard: z.string(),
					step: z.enum(["cases", "events", "endpoints"]).describe("Opening cases, making deliveries, calling for what is due."),
					since: time,
					last_at: time,
					times: count.describe("With no hour between them without a failure."),
					reason: z.string(),
				}),
			)
			.describe(
				"Steps of the run of every minute that failed in a database within the last 24 hours, the latest first. At most 50.",
			),
		queue: z
			.object({
				last_written_at: time,
				last_waited_ms: z.number().describe("How long the oldest of the messages written then had lain in the queue."),
				longest_waited_ms: z.number(),
				messages: count,
			})
			.nullable()
			.describe(
				"What came through the ingest queue in the last 24 hours; null where nothing did, and where the directory is silent.",
			),
		put_off: z
			.object({
				messages: count,
				oldest: time.describe("When the oldest of them was sent, to ten minutes."),
				attempts: count.describe("How often that one was tried; twenty times, then it is a dead letter."),
			})
			.nullable()
			.describe(
				"What the ingest queue has brought, could not write, and brings again; null where there is nothing, and where the directory is silent.",
			),
		dead_letters: z
			.object({
				count: count.describe("At most 1,000 are counted."),
				oldest: time.nullable(),
			})
			.nullable()
			.describe("What the queue has given up; null where the directory is silent."),
		other_secret: time
			.nullable()
			.describe(
				"When somebody was last erased, to a day, under another AFTERWORD_SECRET than the Worker has now: who was is recognised only under that one. Null where it is the same, and thirteen months later.",
			),
		deliveries: z
			.array(
				z.object({
					shard: z.string(),
					pending: count.describe("At most 1,000 are counted."),
					dead: count.describe("Given up, not yet forgotten. At most 1,000 are counted."),
					oldest_pending: time.nullable().describe("When the oldest of the pending ones that were counted was made."),
					behind_ms: z
						.number()
						.nullable()
						.describe("How long the endpoint that waits longest has been due and nobody has begun to send; null where none is."),
					untold: count.describe("Events that are due and that no run of every minute has told yet. At most 1,000 are counted."),
					untold_ms: z
						.number()
						.nullable()
						.describe("How long the one of them that waits longest has been due; null where none is."),
					late: z.boolean().describe("Whether that is more than five minutes: the run is behind, or cannot tell it."),
				}),
			)
			.describe(
				"What is told elsewhere, by database. Pending ones wait for their targets; what is behind or untold waits for us.",
			),
		mended: z
			.array(
				z.object({
					...named,
					day: z.iso.date(),
					found_at: time,
					rows: count.describe("Counts that were wrong."),
					asks: count.describe("By how many asks, over all of them; an ask is in several."),
					commented: count,
				}),
			)
			.describe("Days of the tally that a recount of the last 30 days found to differ from the answers, and mended. At most 50."),
		signing: z
			.object({
				sites: z.array(
					z.object({
						...named,
						answers: count,
						unverified: count,
						share: z
							.number()
							.min(0)
							.max(1)
							.nullable()
							.describe("Of the answers, those that came unsigned; null without an answer."),
					}),
				),
				next: z.string().nullable().describe("Pass as `after` for further sites; null at the end."),
			})
			.describe("Sites that sign their orders, 50 at a time, over their last seven days."),
	})
	.meta({ id: "Health" });

export type Health = z.infer<typeof health>;

/** What a queue has given up, without what a shopper said. */
export const deadLetter = z
	.object({
		id: z.string(),
		site: z.string().nullable().describe("Null where it names no site there is."),
		kind: z.enum(["revision", "unreadable"]).describe("A revision of an ask, or something that is none."),
		sent_at: time,
		tried_at: time.nullable().describe("When it was last tried to keep it."),
		reason: z.string().describe("Why that did not work; empty where nobody knows."),
	})
	.meta({ id: "DeadLetter" });

export type DeadLetterView = z.infer<typeof deadLetter>;

export const deadLettersReply = z
	.object({
		dead_letters: z.array(deadLetter),
		next: z.string().nullable().describe("Pass as `cursor` for the later ones; null at the end."),
	})
	.meta({ id: "DeadLetters" });

export const newReplay = z
	.strictObject({ id: z.string().min(1).max(64).optional().describe("Only this one. Without it, those least lately tried.") })
	.meta({ id: "NewReplay", examples: [{ id: "4b1d9b6de2f84c5f9d2c8a7e1f0b3c6d" }] });

export const replayReply = z
	.object({
		kept: count.describe("Dead no more: their answers are stored, or change nothing."),
		failed: z.array(z.object({ id: z.string(), reason: z.string() })),
		left: count.describe("Dead letters there still are; at most 1,000 are counted."),
	})
	.meta({ id: "Replay" });
