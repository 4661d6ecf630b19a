import { Hono } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { ask, type Receipt, receipt } from "../../shared/ask-contract.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { type Recorded, type Revision, recordAsk } from "../db/record-ask.ts";
import { faultOf, withRetries } from "../db/with-retries.ts";
import { bodyOf, describe, json } from "../describe.ts";
import { admit } from "../door/admit.ts";
import { brakeAddress } from "../door/limits.ts";
import { parseAsk } from "../door/parse-ask.ts";
import { readBody } from "../door/read-body.ts";
import type { AppEnv, Env } from "../env.ts";
import { enqueue } from "../ingest-queue.ts";
import { tombstoneIdsOf } from "../keys/tombstone-id.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";
import { type SharedScore, sharedScore } from "../shared-score.ts";
import type { Site, Survey } from "../site.ts";

/** Public: what the widget on a merchant's page talks to. */
export const collect = new Hono<AppEnv>();

/** What a page of any origin may send, for browsers that ask first. The widget's own requests need not be asked about. */
const asked = cors({ origin: "*", allowMethods: ["POST"], allowHeaders: ["Content-Type"], maxAge: 86_400 });

/** Lets any page read the reply, a refusal too. After it is made: a header set before makes Hono build every reply twice. */
const readable = createMiddleware<AppEnv>(async (c, next) => {
	await next();
	c.res.headers.set("Access-Control-Allow-Origin", "*");
	c.res.headers.set("Access-Control-Expose-Headers", "Retry-After");
});

collect.options("/v1/responses", asked);

collect.post(
	"/v1/responses",
	readable,
	describe({
		tag: "Answers",
		summary: "Send one revision of one ask",
		description:
			"From an allowed origin; from none, or the origin null, with a signed transaction or a Shopify session token as `token`. The same revision may be sent again: it counts once. Sent as text/plain it needs no preflight.",
		who: "anyone",
		body: bodyOf(ask, "application/json", "text/plain"),
		answers: {
			200: json(receipt, "Here already, or it changes nothing"),
			201: json(receipt, "Stored"),
			202: json(receipt, "Taken; stored soon"),
		},
		problems: [
			"invalid_request",
			"origin_not_allowed",
			"not_found",
			"payload_too_large",
			"unsupported_media_type",
			"unauthorized",
			"too_many_requests",
			"unavailable",
		],
	}),
	async (c) => {
		const now = Date.now();
		const sender = await brakeAddress(c, now);
		const parsed = parseAsk(await readBody(c.req.raw, ["text/plain", "application/json"]));
		const { site, survey, revision, dropped } = await admit(c, parsed, sender, now);
		const kept = keep(c.env, site, revision);
		c.executionCtx.waitUntil(kept.catch(() => {})); // A client that hangs up does not cancel the write.
		const outcome = await kept;
		if (outcome === "mismatch") throw ApiError.invalid("survey", "and version must be those this ask was first sent with");
		const shared = outcome !== "queued" && survey.shareScore && revision.status === "answered";
		const score = shared ? await scoreBeside(c.env, site, survey, now) : null;
		const reply: Receipt = {
			status: outcome,
			...(dropped.length > 0 ? { dropped: [...dropped] } : {}),
			...(score ? { score } : {}),
		};
		return c.json(reply, outcome === "stored" ? 201 : outcome === "queued" ? 202 : 200);
	},
);

/** The score that a survey shares. The answer is kept, whether there is one to tell or not. */
async function scoreBeside(env: Env, site: Site, survey: Survey, now: number): Promise<SharedScore | null> {
	try {
		return await sharedScore(env, site, survey, now);
	} catch (error) {
		log({ event: "score_failed", site: site.id, reason: reasonOf(error) });
		return null;
	}
}

/** Keeps a revision in the database; in the queue where the site says so, or the database cannot take it now. */
async function keep(env: Env, site: Site, revision: Revision): Promise<Recorded | "queued"> {
	const queued = { site: site.id, revision };
	const db = dbFor(env, site);
	if (site.ingest === "direct")
		try {
			const tombstones = await tombstoneIdsOf(env, site.id, revision);
			return await withRetries(() => recordAsk(db, site.id, revision, tombstones));
		} catch (error) {
			const fault = faultOf(error);
			if (fault !== "overloaded" && fault !== "passing") throw error;
			log({ event: "write_failed", site: site.id, reason: reasonOf(error) });
		}
	await enqueue(env, queued);
	return "queued";
}
