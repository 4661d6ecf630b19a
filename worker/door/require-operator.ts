import { createMiddleware } from "hono/factory";
import { ApiError } from "../api-error.ts";
import type { AppEnv, Env } from "../env.ts";
import { insiderOf } from "./inside.ts";

/** The operator's door: the Worker's own secret, compared in constant time. Without that secret the door stays shut. */
export const requireOperator = createMiddleware<AppEnv>(async (c, next) => {
	if (insiderOf(c.req.raw)?.operator) {
		c.set("operator", true);
		return next();
	}
	const [scheme, given = ""] = (c.req.header("authorization") ?? "").split(" ");
	if (scheme?.toLowerCase() !== "bearer" || !(await isOperatorKey(c.env, given)))
		throw new ApiError("unauthorized", {
			detail: "Send Authorization: Bearer and the operator's key",
			headers: { "WWW-Authenticate": 'Bearer realm="Afterword operator"' },
		});
	c.set("operator", true);
	return next();
});

/** Whether a text is the operator's key; without such a secret nothing is. */
export async function isOperatorKey(env: Env, given: string): Promise<boolean> {
	return Boolean(env.AFTERWORD_OPERATOR_KEY) && (await equal(given, env.AFTERWORD_OPERATOR_KEY ?? ""));
}

/** Whether two texts are equal, in a time that tells nothing: digests of equal length are compared whole. */
async function equal(a: string, b: string): Promise<boolean> {
	const encode = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	const [left, right] = await Promise.all([encode(a), encode(b)]);
	return crypto.subtle.timingSafeEqual(left, right);
}
