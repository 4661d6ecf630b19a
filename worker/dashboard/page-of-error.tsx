import type { Context } from "hono";
import { PROBLEM_CODES } from "../../shared/problem.ts";
import { ApiError } from "../api-error.ts";
import { faultOf } from "../db/with-retries.ts";
import type { AppEnv } from "../env.ts";
import { logUnexpected } from "../on-error.ts";
import { sentence } from "./field.tsx";
import { page } from "./page.tsx";

/** What a fault's detail begins with where it goes on after the field's name, which means nothing to who reads a page. */
const CLAUSE = /^(?:must|is|has|would) /;

/** Every failure of a page as a page: what happened, and the way on. */
export function pageOfError(error: Error, c: Context<AppEnv>): Response | Promise<Response> {
	const known = error instanceof ApiError ? error : faultOf(error) ? ApiError.unavailable() : new ApiError("internal");
	if (!(error instanceof ApiError)) logUnexpected(error, c);
	const { status, title } = PROBLEM_CODES[known.code];
	for (const [name, value] of Object.entries(known.headers)) if (name === "Retry-After") c.header(name, value);
	return page(c, {
		title: known.code === "not_found" ? "There is no such page" : title,
		status: status as 400,
		body: (
			<>
				{known.detail && known.faults.length === 0 ? <p>{known.detail}</p> : null}
				{known.faults.map(({ detail }) => (
					<p>
						{sentence(
							CLAUSE.test(detail) ? `${c.req.method === "GET" ? "what was asked for" : "what was sent"} ${detail}` : detail,
						)}
					</p>
				))}
				<p>
					<a href="/app/">To the overview</a>
				</p>
			</>
		),
	});
}
