import { Hono } from "hono";
import * as z from "zod";
import { HOOK_EVENTS, hookEvent, newHook, newHookReply } from "../../shared/hook-contract.ts";
import { MOST_HOOKS } from "../../shared/webhook-contract.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { deleteEndpoint, endpointsOf, insertEndpoint, updateEndpoint } from "../db/endpoints.ts";
import { flat, hook } from "../deliver/hook.ts";
import { sealedAbout } from "../deliver/sweep.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { randomBase62 } from "../keys/key.ts";
import { knownEndpoint } from "../known-endpoint.ts";
import { checkedEndpoint, HOOK_KIND, sealedCredentials } from "../new-endpoint.ts";
import { madeUpEvent, realEvents } from "../sample-events.ts";
import { untilKept } from "../until-kept.ts";

const who = "a key with the scope webhooks:write";

const sampleQuery = z.strictObject({
	event: z.enum(HOOK_EVENTS).default("answer.scored").describe("What the tool listens for."),
	comments: z.enum(["yes", "no"]).default("no").describe("Whether what customers wrote is shown."),
});

/** Owner: what an automation tool listens for, by the REST hooks that Zapier, Make and n8n speak. */
export const hooks = new Hono<AppEnv>();

hooks.post(
	"/v1/hooks",
	describe({
		tag: "Webhooks",
		summary: "Subscribe an automation tool to an event",
		description: `A REST hook, as Zapier, Make and n8n make them; at most ${MOST_HOOKS} a site. The event arrives with everything at the top, unsigned, \`webhook-id\` the same over all attempts. A target that answers 410 is dropped. The same target and event again is the same hook, which then listens again, with comments as asked now.`,
		who,
		body: bodyOf(newHook),
		answers: { 200: json(newHookReply, "The hook there is already"), 201: json(newHookReply, "The hook") },
		problems: ["invalid_request", "conflict", "unavailable"],
	}),
	requireKey("webhooks:write"),
	async (c) => {
		const { targetUrl, event, comments } = await parseBody(c.req.raw, newHook);
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const { origin } = new URL(c.req.url);
		await checkedEndpoint(c.env, site, origin, hook, { settings: { url: targetUrl } }).catch(asTargetUrl);
		const known = await untilKept(async () => {
			const same = (await endpointsOf(db, site.id)).find(
				({ kind, settings, events }) =>
					kind === HOOK_KIND && settings["url"] === targetUrl && events.some((each) => each === event),
			);
			if (!same) return null;
			return (await updateEndpoint(db, site.id, { ...same, comments, origin }, true)) && same.id;
		});
		if (known !== null) return c.json({ id: known });
		const id = randomBase62(12);
		const declared = { settings: { url: targetUrl }, events: [event], filter: {}, comments, origin };
		const sealed = await sealedCredentials(c.env, sealedAbout(site.id, id), {});
		const name = new URL(targetUrl).hostname.slice(0, 80);
		const endpoint = { id, kind: HOOK_KIND, createdAt: Date.now(), name, ...declared, ...sealed };
		if (!(await insertEndpoint(db, site.id, endpoint, MOST_HOOKS)))
			throw new ApiError("conflict", { detail: `A site has at most ${MOST_HOOKS} hooks` });
		return c.json({ id }, 201);
	},
);

hooks.get(
	"/v1/hooks/samples",
	describe({
		tag: "Webhooks",
		summary: "Show what an event looks like",
		description:
			"The site's newest ones as a hook would be told of them now, to a key that may read them: with responses:read answers and cases, with scores:read alerts. Without one, a made-up one.",
		who,
		answers: { 200: json(z.array(hookEvent), "At most three, newest first") },
		problems: ["invalid_request"],
	}),
	requireKey("webhooks:write"),
	checked("query", sampleQuery),
	async (c) => {
		const { event, comments } = c.req.valid("query");
		const site = c.get("site");
		const { origin } = new URL(c.req.url);
		const wanted = { type: event, comments: comments === "yes", origin };
		const may = c.get("key").scopes.includes(event.startsWith("alert.") ? "scores:read" : "responses:read");
		const real = may ? await realEvents(dbFor(c.env, site), site, { ...wanted, now: Date.now() }) : [];
		return c.json((real.length > 0 ? real : madeUpEvent(site, wanted)).map(flat));
	},
);

hooks.delete(
	"/v1/hooks/:id",
	describe({
		tag: "Webhooks",
		summary: "Unsubscribe an automation tool",
		who,
		answers: { 204: { description: "It is told no more" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("webhooks:write"),
	checked(
		"param",
		z.object({
			id: z
				.string()
				.max(32)
				.describe("The hook's id.")
				.meta({ examples: ["Zq3vT81kLmNx"] }),
		}),
	),
	async (c) => {
		const site = c.get("site");
		const { id, kind } = await knownEndpoint(c, c.req.valid("param").id);
		if (kind !== HOOK_KIND || !(await deleteEndpoint(dbFor(c.env, site), site.id, id)))
			throw ApiError.notFound("id", "must be the id of one of this site's hooks");
		return c.body(null, 204);
	},
);

/** What is wrong with a hook's settings, in the tools' own word for its address. */
function asTargetUrl(error: unknown): never {
	if (!(error instanceof ApiError)) throw error;
	throw new ApiError(error.code, { faults: error.faults.map(({ detail }) => ({ field: "targetUrl", detail })) });
}
