import type { Hono } from "hono";
import { ApiError } from "./api-error.ts";
import type { AppEnv } from "./env.ts";

/** What to say where no route took the request: 405 with the methods this address takes, or 404. */
export function unrouted(app: Hono<AppEnv>, method: string, path: string): ApiError {
	const methods = new Set(
		app.routes
			.filter((route) => route.method !== "ALL" && route.method !== "OPTIONS" && pattern(route.path).test(path))
			.map(({ method }) => method),
	);
	if (methods.size === 0 || methods.has(method))
		return new ApiError("not_found", { detail: "See /docs for the addresses there are" });
	return new ApiError("method_not_allowed", { headers: { Allow: [...methods].sort().join(", ") } });
}

/** A route's path as a pattern: `:name` is one segment, a last `*` the rest. */
function pattern(path: string): RegExp {
	const source = path
		.split("/")
		.map((part) => (part === "*" ? ".*" : part.startsWith(":") ? "[^/]+" : part.replace(/[.]/g, "\\.")));
	return new RegExp(`^${source.join("/")}$`);
}
