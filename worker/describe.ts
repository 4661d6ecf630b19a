import { type DescribeRouteOptions, describeRoute, resolver, validator } from "hono-openapi";
import * as z from "zod";
import { PROBLEM_CODES, type ProblemCode } from "../shared/problem.ts";
import { problem } from "../shared/problem-contract.ts";
import type { Scope } from "../shared/scopes.ts";
import type { TAGS } from "./api-document.ts";
import { ApiError } from "./api-error.ts";
import { faultsOf } from "./faults-of.ts";
import { operationIdOf } from "./operation-id.ts";
import { plainSchema } from "./plain-schema.ts";

type Responses = NonNullable<DescribeRouteOptions["responses"]>;

/** Who may call: a key with this scope, the operator, or anyone. */
type Who = "anyone" | "the operator's key" | `a key with the scope ${Scope}`;

interface Description {
	readonly tag: keyof typeof TAGS;
	readonly summary: string;
	readonly description?: string;
	readonly who: Who;
	readonly answers: Responses;
	/** What can go wrong beside what its door and its body bring with them. */
	readonly problems?: readonly ProblemCode[];
	readonly body?: DescribeRouteOptions["requestBody"];
	/** Parameters that the route reads for itself, without `checked`. */
	readonly parameters?: NonNullable<DescribeRouteOptions["parameters"]>;
}

/** What reading a body can come to. */
const OF_A_BODY = ["invalid_request", "request_timeout", "payload_too_large", "unsupported_media_type"] as const;

/** Puts a route into the API document. */
export function describe({ tag, summary, description, who, answers, problems = [], body, parameters }: Description) {
	const codes = new Set([...problemsOf(who), ...(body ? OF_A_BODY : []), ...problems]);
	return describeRoute({
		operationId: operationIdOf,
		tags: [tag],
		summary,
		description: [description, who === "anyone" ? "" : `Needs ${who}.`].filter(Boolean).join("\n\n"),
		security: securityOf(who),
		responses: { ...answers, ...problemResponses([...codes]) },
		...(body ? { requestBody: body } : {}),
		...(parameters ? { parameters } : {}),
	});
}

/** A JSON answer of a schema, and the types in which it comes as text to whoever asks for them. */
export function json(schema: z.ZodType, description: string, ...types: string[]): Responses[string] {
	const texts = Object.fromEntries(types.map((type) => [type, { schema: { type: "string" as const } }]));
	return { description, content: { "application/json": { schema: resolver(schema, plainSchema) }, ...texts } };
}

/** A text answer of another type. */
export function text(type: string, description: string): Responses[string] {
	return { description, content: { [type]: { schema: { type: "string" } } } };
}

/** A JSON body of a schema, for the document. */
export function bodyOf(schema: z.ZodType, ...types: string[]): NonNullable<DescribeRouteOptions["requestBody"]> {
	const media = { schema: resolver(schema, plainSchema) };
	return {
		required: true,
		content: Object.fromEntries((types.length > 0 ? types : ["application/json"]).map((type) => [type, media])),
	};
}

/** Parameters by name, for the document alone: what of them is not valid the route refuses or leaves out by itself. */
export function parametersOf(
	place: "path" | "query",
	shape: Readonly<Record<string, z.ZodType>>,
): NonNullable<DescribeRouteOptions["parameters"]> {
	return Object.entries(shape).map(([name, kind]) => {
		const { $schema: _, description = "", ...schema } = z.toJSONSchema(kind, { io: "input", ...plainSchema.options });
		return { in: place, name, description, required: place === "path", schema: schema as object };
	});
}

/** Checks a query or a path by a schema, for the request and for the document at once. */
export function checked<Target extends "query" | "param", Schema extends z.ZodType>(target: Target, schema: Schema) {
	return validator(
		target,
		schema,
		(result) => {
			if (result.success) return;
			const faults = result.error.flatMap((issue) =>
				"code" in issue
					? faultsOf({ issues: [issue] } as unknown as z.core.$ZodError)
					: [{ field: target, detail: issue.message }],
			);
			throw new ApiError("invalid_request", { faults });
		},
		plainSchema,
	);
}

/** What a door can refuse. Whoever has passed one is answered from the database, which may be gone. */
function problemsOf(who: Who): readonly ProblemCode[] {
	if (who === "anyone") return [];
	return who === "the operator's key" ? ["unauthorized", "unavailable"] : ["unauthorized", "forbidden", "unavailable"];
}

/** The scheme of a door; a key's scope stands with it as OpenAPI 3.1 lets any scheme name what it takes. */
function securityOf(who: Who): NonNullable<DescribeRouteOptions["security"]> {
	if (who === "anyone") return [];
	return who === "the operator's key" ? [{ operator: [] }] : [{ owner: [who.slice("a key with the scope ".length)] }];
}

const RETRY_AFTER = { "Retry-After": { description: "Seconds after which to try again.", schema: { type: "integer" as const } } };

function problemResponses(codes: readonly ProblemCode[]): Responses {
	const byStatus = Map.groupBy(codes, (code) => PROBLEM_CODES[code].status);
	return Object.fromEntries(
		[...byStatus].map(([status, codes]) => [
			String(status),
			{
				description: codes.map((code) => `${PROBLEM_CODES[code].title} (\`${code}\`)`).join("; "),
				...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
				content: { "application/problem+json": { schema: resolver(problem, plainSchema) } },
			},
		]),
	);
}
