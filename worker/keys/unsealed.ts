import { ApiError } from "../api-error.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";
import { unseal } from "./seal.ts";

/** What was sealed about something, for the door. @throws ApiError 503 where it cannot be opened, which the log says */
export async function unsealed(env: Env, sealed: string, about: string): Promise<string> {
	try {
		return await unseal(env, sealed, about);
	} catch (error) {
		log({ event: "unseal_failed", reason: reasonOf(error) });
		throw ApiError.unavailable();
	}
}
