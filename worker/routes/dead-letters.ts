import { Hono } from "hono";
import * as z from "zod";
import { type DeadLetterView, deadLettersReply, newReplay, replayReply } from "../../shared/operator-contract.ts";
import { ApiError } from "../api-error.ts";
import { directoryOf } from "../db/db-for.ts";
import {
	countDeadLetters,
	type DeadLetter,
	deadLetterById,
	deadLetters as deadLettersAfter,
	deadLettersToTry,
	deleteDeadLetters,
	type LetterPosition,
	noteReasons,
} from "../db/dead-letters.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireOperator } from "../door/require-operator.ts";
import type { AppEnv } from "../env.ts";
import { log } from "../log.ts";
import { parseQueued } from "../parse-queued.ts";
import { placeOf } from "../place-cache.ts";
import { replay } from "../replay.ts";
import { siteAt } from "../site-at.ts";

/** Dead letters in one page, and in one replay. */
const PAGE = 100;

/** Dead letters that are counted, at most. */
const COUNTED = 1_000;

const query = z.strictObject({
	cursor: z
		.string()
		.max(100)
		.optional()
		.describe("`next` of the page before.")
		.meta({ examples: ["1795341600000.4b1d9b6de2f84c5f9d2c8a7e1f0b3c6d"] }),
});

/** Operator: what the queue has given up. */
export const deadLetters = new Hono<AppEnv>();

deadLetters.get(
	"/v1/dead-letters",
	describe({
		tag: "Operator",
		summary: "List dead letters, the oldest first",
		description: "Answers that could not be written, of every site, without what was said in them. 100 at a time.",
		who: "the operator's key",
		answers: { 200: json(deadLettersReply, "A page of dead letters") },
		problems: ["invalid_request"],
	}),
	requireOperator,
	checked("query", query),
	async (c) => {
		const { cursor } = c.req.valid("query");
		const after = cursor === undefined ? { sentAt: -1, id: "" } : positionOf(cursor);
		const letters = await deadLettersAfter(directoryOf(c.env), after, PAGE);
		const last = letters.length === PAGE ? letters.at(-1) : undefined;
		return c.json({ dead_letters: letters.map(viewOf), next: last ? `${last.sentAt}.${last.id}` : null });
	},
);

deadLetters.post(
	"/v1/dead-letters/replay",
	describe({
		tag: "Operator",
		summary: "Try to keep dead letters again",
		description:
			"One, or the hundred least lately tried. What is kept is dead no more; what cannot be stays and says why. Twice is the same as once, and what was deleted or erased meanwhile stays so.",
		who: "the operator's key",
		body: bodyOf(newReplay),
		answers: { 200: json(replayReply, "What came of it") },
		problems: ["not_found"],
	}),
	requireOperator,
	async (c) => {
		const { id } = await parseBody(c.req.raw, newReplay);
		const directory = directoryOf(c.env);
		const now = Date.now();
		const letters = id === undefined ? await deadLettersToTry(directory, PAGE) : [await known(directory, id)];
		const { kept, failed } = await replay(c.env, letters, now);
		if (kept.length > 0) await deleteDeadLetters(directory, kept);
		if (failed.length > 0) await noteReasons(directory, failed, now);
		log({ event: "dead_letters_replayed", kept: kept.length, failed: failed.length });
		return c.json({ kept: kept.length, failed: [...failed], left: (await countDeadLetters(directory, COUNTED)).count });
	},
);

deadLetters.delete(
	"/v1/dead-letters/:id",
	describe({
		tag: "Operator",
		summary: "Delete a dead letter",
		description: "Its answer is lost. The site's audit log says so.",
		who: "the operator's key",
		answers: { 204: { description: "Deleted" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireOperator,
	checked(
		"param",
		z.object({
			id: z
				.string()
				.max(64)
				.describe("The dead letter's id.")
				.meta({ examples: ["4b1d9b6de2f84c5f9d2c8a7e1f0b3c6d"] }),
		}),
	),
	async (c) => {
		const directory = directoryOf(c.env);
		const { id, site } = await known(directory, c.req.valid("param").id);
		const place = site === null ? null : await placeOf(c.env, site);
		if (place) c.set("site", await siteAt(c.env, place));
		await deleteDeadLetters(directory, [id]);
		return c.body(null, 204);
	},
);

async function known(directory: D1Database, id: string): Promise<DeadLetter> {
	const letter = await deadLetterById(directory, id);
	if (!letter) throw ApiError.notFound("id", "must be a dead letter's");
	return letter;
}

function viewOf({ id, site, body, sentAt, triedAt, reason }: DeadLetter): DeadLetterView {
	return {
		id,
		site,
		kind: readable(body) ? "revision" : "unreadable",
		sent_at: new Date(sentAt).toISOString(),
		tried_at: triedAt === 0 ? null : new Date(triedAt).toISOString(),
		reason,
	};
}

function readable(body: string): boolean {
	try {
		parseQueued(JSON.parse(body));
		return true;
	} catch {
		return false;
	}
}

function positionOf(cursor: string): LetterPosition {
	const [, sentAt, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor) ?? [];
	if (!sentAt || !id) throw ApiError.invalid("cursor", "must be the next of an earlier page");
	return { sentAt: Number(sentAt), id };
}
