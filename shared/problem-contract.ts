import * as z from "zod";
import { PROBLEM_CODES, type ProblemCode } from "./problem.ts";

/** What went wrong, as RFC 9457 says it. The input is never repeated. */
export const problem = z
	.object({
		type: z.string().describe("Where the code is explained."),
		title: z.string(),
		status: z.int(),
		code: z.enum(Object.keys(PROBLEM_CODES) as [ProblemCode, ...ProblemCode[]]),
		detail: z.string().optional(),
		field: z.string().optional().describe("The field or parameter at fault; the first of `errors`."),
		errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
	})
	.meta({ id: "Problem" });

export type Problem = z.infer<typeof problem>;
