import type { Context } from "hono";
import { PROBLEM_CODES } from "../shared/problem.ts";
import type { Problem } from "../shared/problem-contract.ts";
import { ApiError } from "./api-error.ts";
import { faultOf } from "./db/with-retries.ts";
import type { AppEnv } from "./env.ts";
import { log } from "./log.ts";
import { reasonOf } from "./reason-of.ts";

/**
 * Answers every failure with RFC 9457 problem details. What is not an `ApiError` is a defect of ours or a fault of D1: logged, and
 * 503 or 500.
 */
export function onError(error: Error, c: Context<AppEnv>): Response {
	if (error instanceof ApiError) return problemOf(error);
	logUnexpected(error, c);
	if (faultOf(error)) return problemOf(ApiError.unavailable());
	return problemOf(new ApiError("internal"));
}

/** Says in the log what nobody expected, with where it happened and without what it quotes. */
export function logUnexpected(error: Error, c: Context<AppEnv>): void {
	const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
	log({ event: "unexpected_error", path: c.req.routePath, reason: reasonOf(error), stack: frames.join("\n") });
}

/** Problem details of one error. */
export function problemOf({ code, detail, faults, headers }: ApiError): Response {
	const { status, title } = PROBLEM_CODES[code];
	const [first] = faults;
	const body: Problem = {
		type: `/docs#${code}`,
		title,
		status,
		code,
		...((detail ?? first) ? { detail: detail ?? `${first?.field}: ${first?.detail}` } : {}),
		...(first ? { field: first.field, errors: [...faults] } : {}),
	};
	return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json", ...headers } });
}
