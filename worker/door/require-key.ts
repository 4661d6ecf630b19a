import { createMiddleware } from "hono/factory";
import type { Scope } from "../../shared/scopes.ts";
import { ApiError } from "../api-error.ts";
import { apiKeyByHash, touchApiKey } from "../db/api-keys.ts";
import { directoryOf } from "../db/db-for.ts";
import type { AppEnv } from "../env.ts";
import { isKey, sha256Hex } from "../keys/key.ts";
import { placeOf } from "../place-cache.ts";
import { siteAt } from "../site-at.ts";
import { insiderOf } from "./inside.ts";

/**
 * The owner's door: a bearer key that exists, has not ended and has the scope. Sets `site` and `key`; every query after it takes
 * the site from here. The key is never taken from an address. Behind the owner's pages stands a session instead.
 */
export function requireKey(scope: Scope) {
	return createMiddleware<AppEnv>(async (c, next) => {
		const inside = insiderOf(c.req.raw);
		if (inside) {
			if (!inside.site) throw unauthorized();
			c.set("site", inside.site);
			c.set("key", inside.key);
			if (!inside.key.scopes.includes(scope)) throw lacking(scope);
			return next();
		}
		const now = Date.now();
		const [scheme, secret = ""] = (c.req.header("authorization") ?? "").split(" ");
		if (scheme?.toLowerCase() !== "bearer" || !isKey("aw_sk_", secret)) throw unauthorized();
		const hash = await sha256Hex(secret);
		const directory = directoryOf(c.env);
		const key = await apiKeyByHash(directory, hash);
		if (!key || (key.expiresAt !== null && key.expiresAt <= now)) throw unauthorized();
		const place = await placeOf(c.env, key.siteId);
		if (!place) throw unauthorized();
		const site = await siteAt(c.env, place);
		// Whose key it is stands before what it may do: a refusal is noted too.
		c.set("site", site);
		c.set("key", key);
		if (!key.scopes.includes(scope)) throw lacking(scope);
		const today = new Date(now).toISOString().slice(0, 10);
		if (key.lastUsed !== today) c.executionCtx.waitUntil(touchApiKey(directory, hash, today).catch(() => {}));
		await next();
	});
}

function lacking(scope: Scope): ApiError {
	return new ApiError("forbidden", { detail: `This needs a key with the scope ${scope}` });
}

function unauthorized(): ApiError {
	return new ApiError("unauthorized", {
		detail: "Send Authorization: Bearer and one of this site's keys",
		headers: { "WWW-Authenticate": 'Bearer realm="Afterword"' },
	});
}
