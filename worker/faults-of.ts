import type * as z from "zod";
import type { Fault } from "./api-error.ts";

/** What zod found, as field and detail. Names of unknown fields are said only where they are plain; values never are. */
export function faultsOf(error: z.core.$ZodError): Fault[] {
	return error.issues.slice(0, 20).flatMap((issue) => {
		const path = issue.path.map((part) => plainName(String(part))).join(".");
		if (issue.code !== "unrecognized_keys") return [{ field: path || "body", detail: issue.message }];
		return issue.keys.slice(0, 10).map((key) => ({
			field: path ? `${path}.${plainName(key)}` : plainName(key),
			detail: "is not a known field",
		}));
	});
}

/** A field's name as it may be repeated: short and plain, or else only that it was not. */
export function plainName(name: string): string {
	return /^[\w-]{1,40}$/.test(name) ? name : "(a field with an unusual name)";
}
