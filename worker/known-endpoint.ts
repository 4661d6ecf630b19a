import type { Context } from "hono";
import { ApiError } from "./api-error.ts";
import { dbFor } from "./db/db-for.ts";
import { endpointById } from "./db/endpoints.ts";
import type { AppEnv } from "./env.ts";

/** A webhook of the caller's site. @throws ApiError 404 */
export async function knownEndpoint(c: Context<AppEnv>, id: string) {
	const site = c.get("site");
	const found = await endpointById(dbFor(c.env, site), site.id, id);
	if (!found) throw noSuchWebhook();
	return found;
}

export function noSuchWebhook(): ApiError {
	return ApiError.notFound("id", "must be the id of one of this site's webhooks");
}
