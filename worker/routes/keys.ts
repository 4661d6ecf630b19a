import { Hono } from "hono";
import * as z from "zod";
import { apiKeysReply, newApiKey as newApiKeyBody, newApiKeyReply } from "../../shared/access-contract.ts";
import { ApiError } from "../api-error.ts";
import { apiKeysOf, deleteApiKey, insertApiKey } from "../db/api-keys.ts";
import { directoryOf } from "../db/db-for.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { newApiKey } from "../new-api-key.ts";
import { apiKeyView } from "../settings-view.ts";

/** Keys one site may have. */
const MOST = 50;

/** Owner: the keys that open the site. */
export const keys = new Hono<AppEnv>();

keys.get(
	"/v1/keys",
	describe({
		tag: "Settings",
		summary: "List the keys",
		who: "a key with the scope keys:write",
		answers: { 200: json(apiKeysReply, "Oldest first, never the keys themselves") },
	}),
	requireKey("keys:write"),
	async (c) => c.json({ keys: (await apiKeysOf(directoryOf(c.env), c.get("site").id)).map(apiKeyView) }),
);

keys.post(
	"/v1/keys",
	describe({
		tag: "Settings",
		summary: "Make a key",
		description: "With scopes that the key you call with has itself.",
		who: "a key with the scope keys:write",
		body: bodyOf(newApiKeyBody),
		answers: { 201: json(newApiKeyReply, "The key, shown this once") },
		problems: ["invalid_request", "conflict"],
	}),
	requireKey("keys:write"),
	async (c) => {
		const given = await parseBody(c.req.raw, newApiKeyBody);
		const now = Date.now();
		const lacking = given.scopes.filter((scope) => !c.get("key").scopes.includes(scope));
		if (lacking.length > 0)
			throw new ApiError("forbidden", {
				faults: [{ field: "scopes", detail: `must not exceed this key's: ${lacking.join(", ")}` }],
			});
		if (given.expires_at !== null && Date.parse(given.expires_at) <= now)
			throw ApiError.invalid("expires_at", "must be in the future");
		const { expiresAt } = c.get("key");
		if (expiresAt !== null && (given.expires_at === null || Date.parse(given.expires_at) > expiresAt))
			throw new ApiError("forbidden", { faults: [{ field: "expires_at", detail: "must not be later than this key's own" }] });
		const directory = directoryOf(c.env);
		const siteId = c.get("site").id;
		if ((await apiKeysOf(directory, siteId)).length >= MOST)
			throw new ApiError("conflict", { detail: `A site has at most ${MOST} keys` });
		const { secret, hash, key } = await newApiKey(siteId, given, now);
		await insertApiKey(directory, hash, key).run();
		return c.json({ key: apiKeyView(key), secret_key: secret }, 201);
	},
);

keys.delete(
	"/v1/keys/:id",
	describe({
		tag: "Settings",
		summary: "End a key",
		description: "At once, also the key you call with.",
		who: "a key with the scope keys:write",
		answers: { 204: { description: "Ended" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("keys:write"),
	checked(
		"param",
		z.object({
			id: z
				.string()
				.max(32)
				.describe("The key's id, which is not the key.")
				.meta({ examples: ["Zq3vT81kLmNx"] }),
		}),
	),
	async (c) => {
		const ended = await deleteApiKey(directoryOf(c.env), c.get("site").id, c.req.valid("param").id);
		if (!ended) throw ApiError.notFound("id", "must be the id of one of this site's keys");
		return c.body(null, 204);
	},
);
