import type { Means, Send } from "../../worker/deliver/destination.ts";
import type { Env } from "../../worker/env.ts";

/** What a destination may use where only this much of it is there. */
export function means(send: Send, env: Partial<Env> = {}): Means {
	return { send, env: env as Env };
}
