import { type DescribeRouteOptions, describeRoute, resolver, validator } from "hono-openapi";
import type * as z from "zod";
import { problem } from "../shared/contract.ts";
import { PROBLEM_CODES, type ProblemCode } from "../shared/problem.ts";
import { ApiError } from "./api-error.ts";
import { faultsOf } from "./faults-of.ts";

type Responses = NonNullable<DescribeRouteOptions["responses"]>;

interface Description {
	readonly tag: "Answers" | "Scores" | "Settings" | "Webhooks" | "Widget" | "Operator" | "Service";
	readonly summary: string;
	readonly description?: string;
	/** Who may call: a key with this scope, the operator, or anyone. */
	readonly who: string;
	readonly answers: Responses;
	readonly problems?: readonly ProblemCode[];
	readonly body?: DescribeRouteOptions["requestBody"];
}

/** Puts a route into the API document. */
export function describe({ tag, summary, description, who, answers, problems = [], body }: Description) {
	const isPublic = who === "anyone";
	const codes: readonly ProblemCode[] = isPublic ? problems : ["unauthorized", "forbidden", ...problems];
	return describeRoute({
		tags: [tag],
		summary,
		description: [description, isPublic ? "" : `Needs ${who}.`].filter(Boolean).join("\n\n"),
		security: isPublic ? [] : [{ bearer: [] }],
		responses: { ...answers, ...problemResponses(codes) },
		...(body ? { requestBody: body } : {}),
	});
}

/** A JSON answer of a schema. */
export function json(schema: z.ZodType, description: string): Responses[string] {
	return { description, content: { "application/json": { schema: resolver(schema) } } };
}

/** A text answer of another type. */
export function text(type: string, description: string): Responses[string] {
	return { description, content: { [type]: { schema: { type: "string" } } } };
}

/** A JSON body of a schema, for the document. */
export function bodyOf(schema: z.ZodType, ...types: string[]): NonNullable<DescribeRouteOptions["requestBody"]> {
	const media = { schema: resolver(schema) };
	return {
		required: true,
		content: Object.fromEntries((types.length > 0 ? types : ["application/json"]).map((type) => [type, media])),
	};
}

/** Checks a query or a path by a schema, for the request and for the document at once. */
export function checked<Target extends "query" | "param", Schema extends z.ZodType>(target: Target, schema: Schema) {
	return validator(target, schema, (result) => {
		if (result.success) return;
		const faults = result.error.flatMap((issue) =>
			"code" in issue ? faultsOf({ issues: [issue] } as unknown as z.core.$ZodError) : [{ field: target, detail: issue.message }],
		);
		throw new ApiError("invalid_request", { faults });
	});
}

function problemResponses(codes: readonly ProblemCode[]): Responses {
	const byStatus: Responses = {};
	for (const code of codes) {
		const { status, title } = PROBLEM_CODES[code];
		byStatus[String(status)] ??= {
			description: `${title} (\`${code}\`)`,
			content: { "application/problem+json": { schema: resolver(problem) } },
		};
	}
	return byStatus;
}
