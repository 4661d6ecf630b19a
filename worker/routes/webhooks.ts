import { type Context, Hono } from "hono";
import * as z from "zod";
import {
	MOST_WEBHOOKS,
	newWebhookReply,
	newWebhook as newWebhookSchema,
	rotatedReply,
	testReply,
	webhookPatch,
	webhook as webhookSchema,
	webhooksReply,
} from "../../shared/webhook-contract.ts";
import { ApiError } from "../api-error.ts";
import { callNow } from "../call-now.ts";
import { dbFor } from "../db/db-for.ts";
import { insertTest } from "../db/delivery-log.ts";
import { deleteEndpoint, endpointsOf, insertEndpoint, updateEndpoint } from "../db/endpoints.ts";
import { destinationOf } from "../deliver/destinations.ts";
import { newWebhookSecret } from "../deliver/sign.ts";
import { sealedAbout } from "../deliver/sweep.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import { endpointView } from "../endpoint-view.ts";
import type { AppEnv } from "../env.ts";
import { randomBase62 } from "../keys/key.ts";
import { unsealed } from "../keys/unsealed.ts";
import { knownEndpoint, noSuchWebhook } from "../known-endpoint.ts";
import { checkedEndpoint, ownersDestination, SIGNED_KIND, sealedCredentials } from "../new-endpoint.ts";
import { newDeliveryId, testEvent } from "../test-event.ts";
import { untilKept } from "../until-kept.ts";

/** Milliseconds after a rotation during which the secret before signs too. */
const BOTH_SIGN_MS = 24 * 60 * 60 * 1000;

const path = checked(
	"param",
	z.object({
		id: z
			.string()
			.max(32)
			.describe("The webhook's id.")
			.meta({ examples: ["Zq3vT81kLmNx"] }),
	}),
);
const who = "a key with the scope webhooks:write";

/** Owner: where it is told what happens. */
export const webhooks = new Hono<AppEnv>();

webhooks.get(
	"/v1/webhooks",
	describe({
		tag: "Webhooks",
		summary: "List the webhooks",
		description: "Those of every kind, also the hooks that automation tools made.",
		who,
		answers: { 200: json(webhooksReply, "Oldest first, never their credentials") },
	}),
	requireKey("webhooks:write"),
	async (c) => {
		const site = c.get("site");
		return c.json({ webhooks: (await endpointsOf(dbFor(c.env, site), site.id)).map(endpointView) });
	},
);

webhooks.post(
	"/v1/webhooks",
	describe({
		tag: "Webhooks",
		summary: "Add a webhook",
		description: `At most ${MOST_WEBHOOKS} a site. An address must be of the public internet, begin with https:// and name no port. Whoever has such a key decides what leaves the site.`,
		who,
		body: bodyOf(newWebhookSchema),
		answers: { 201: json(newWebhookReply, "The webhook, with its secret, shown this once") },
		problems: ["invalid_request", "conflict", "unavailable"],
	}),
	requireKey("webhooks:write"),
	async (c) => {
		const given = await parseBody(c.req.raw, newWebhookSchema);
		const { name, events, filter, comments } = given;
		const site = c.get("site");
		const origin = originOf(c);
		const destination = ownersDestination(given.kind);
		const lacking = destination.lacks?.(c.env);
		if (lacking) throw new ApiError("unavailable", { detail: lacking });
		const signed = given.kind === SIGNED_KIND;
		if (signed && given.credentials) throw ApiError.invalid("credentials", "must not be there: the secret is made here");
		const declared = { ...given, credentials: signed ? undefined : (given.credentials ?? {}) };
		const { settings = {}, credentials } = await checkedEndpoint(c.env, site, origin, destination, declared);
		const id = randomBase62(12);
		const secret = signed ? newWebhookSecret() : null;
		const kept = secret === null ? (credentials ?? {}) : { secret };
		const sealed = await sealedCredentials(c.env, sealedAbout(site.id, id), kept);
		const endpoint = { id, kind: given.kind, createdAt: Date.now(), name, settings, ...sealed, events, filter, comments, origin };
		if (!(await insertEndpoint(dbFor(c.env, site), site.id, endpoint, MOST_WEBHOOKS)))
			throw new ApiError("conflict", { detail: `A site has at most ${MOST_WEBHOOKS} webhooks` });
		return c.json({ webhook: endpointView(await knownEndpoint(c, id)), secret }, 201);
	},
);

webhooks.get(
	"/v1/webhooks/:id",
	describe({
		tag: "Webhooks",
		summary: "Read a webhook",
		who,
		answers: { 200: json(webhookSchema, "The webhook, with how its deliveries fare") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => c.json(endpointView(await knownEndpoint(c, c.req.valid("param").id))),
);

webhooks.patch(
	"/v1/webhooks/:id",
	describe({
		tag: "Webhooks",
		summary: "Change a webhook, pause or resume it",
		description:
			"What is left out stays. While it is paused nothing new is told there; what was pending waits until it is resumed. Resuming takes it that whatever made it fail is mended.",
		who,
		body: bodyOf(webhookPatch),
		answers: { 200: json(webhookSchema, "The webhook as it now is") },
		problems: ["invalid_request", "not_found", "conflict", "unavailable"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => {
		const patch = await parseBody(c.req.raw, webhookPatch);
		const site = c.get("site");
		const origin = originOf(c);
		const { id } = c.req.valid("param");
		await untilKept(async () => {
			const known = await knownEndpoint(c, id);
			const destination = destinationOf(known.kind);
			if (!destination) throw ApiError.unavailable();
			if (known.kind === SIGNED_KIND && patch.credentials)
				throw ApiError.invalid("credentials", "must not be there: rotate the secret instead");
			const { settings, credentials } = await checkedEndpoint(c.env, site, origin, destination, patch);
			const { name = known.name, events = known.events, filter = known.filter, comments = known.comments } = patch;
			const sealed = credentials
				? await sealedCredentials(c.env, sealedAbout(site.id, id), credentials)
				: { sealed: known.sealed, hint: known.hint };
			const changed = { id, changes: known.changes, name, settings: settings ?? known.settings, ...sealed };
			const all = { ...changed, events, filter, comments, origin };
			return updateEndpoint(dbFor(c.env, site), site.id, all, patch.active ?? null);
		});
		return c.json(endpointView(await knownEndpoint(c, id)));
	},
);

webhooks.delete(
	"/v1/webhooks/:id",
	describe({
		tag: "Webhooks",
		summary: "Delete a webhook",
		description: "With all its deliveries, also those that are pending.",
		who,
		answers: { 204: { description: "Deleted" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => {
		const site = c.get("site");
		if (!(await deleteEndpoint(dbFor(c.env, site), site.id, c.req.valid("param").id))) throw noSuchWebhook();
		return c.body(null, 204);
	},
);

webhooks.post(
	"/v1/webhooks/:id/rotate",
	describe({
		tag: "Webhooks",
		summary: "Rotate the secret of a webhook",
		description: "For 24 hours both secrets sign, so that nothing is refused meanwhile.",
		who,
		answers: { 200: json(rotatedReply, "The new secret, shown this once") },
		problems: ["invalid_request", "not_found", "conflict", "unavailable"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => {
		const site = c.get("site");
		const { id } = c.req.valid("param");
		const secret = newWebhookSecret();
		const until = Date.now() + BOTH_SIGN_MS;
		await untilKept(async () => {
			const known = await knownEndpoint(c, id);
			if (known.kind !== SIGNED_KIND)
				throw new ApiError("conflict", { detail: "Only a webhook has a secret of ours. Change the credentials of this one." });
			const before = JSON.parse(await unsealed(c.env, known.sealed, sealedAbout(site.id, id)));
			const kept = { secret, previous: before.secret, previous_until: until };
			const sealed = await sealedCredentials(c.env, sealedAbout(site.id, id), kept);
			return updateEndpoint(dbFor(c.env, site), site.id, { ...known, ...sealed }, null);
		});
		const webhook = endpointView(await knownEndpoint(c, id));
		return c.json({ webhook, secret, previous_until: new Date(until).toISOString() });
	},
);

webhooks.post(
	"/v1/webhooks/:id/test",
	describe({
		tag: "Webhooks",
		summary: "Send a test to a webhook",
		description: "An event of type `test`, at once. While one is on its way there is no second.",
		who,
		answers: { 202: json(testReply, "It is on its way") },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => {
		const site = c.get("site");
		const { id } = await knownEndpoint(c, c.req.valid("param").id);
		const now = Date.now();
		const body = JSON.stringify(testEvent(site, `${originOf(c)}/app/webhooks/${id}`, now));
		const delivery = await insertTest(dbFor(c.env, site), site.id, id, { id: newDeliveryId(), body, now });
		if (delivery === null) throw new ApiError("conflict", { detail: "It is paused or has ended: resume it first" });
		callNow(c, id, now);
		return c.json({ delivery }, 202);
	},
);

/** The Worker's own address, as the caller knows it. */
const originOf = (c: Context<AppEnv>) => new URL(c.req.url).origin;
