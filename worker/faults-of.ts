import * as z from "zod";
import type { Fault } from "./api-error.ts";

/** What a schema says that has no words of its own: what would be right, as a clause after the field's name. */
z.config({ customError: detailOf });

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

function detailOf(issue: z.core.$ZodRawIssue): string | undefined {
	if (issue.code === "invalid_type")
		return issue.input === undefined ? "must be there" : `must be ${KINDS[issue.expected] ?? issue.expected}`;
	if (issue.code === "invalid_value")
		return `must be ${issue.values.length > 12 ? "one of those in the API document" : issue.values.join(", ")}`;
	if (issue.code === "invalid_key") return issue.issues[0]?.message;
	if (issue.code !== "too_small" && issue.code !== "too_big") return undefined;
	const least = issue.code === "too_small";
	const bound = Number(least ? issue.minimum : issue.maximum);
	const [one, many] = UNITS[issue.origin] ?? ["", ""];
	return `must ${one ? "have" : "be"} at ${least ? "least" : "most"} ${bound}${one ? ` ${bound === 1 ? one : many}` : ""}`;
}

/** How the types of JSON are called. */
const KINDS: Readonly<Record<string, string>> = {
	string: "text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	tuple: "a list",
	object: "an object",
	record: "an object",
};

/** What the things with a size consist of. */
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
	string: ["character", "characters"],
	array: ["entry", "entries"],
	set: ["entry", "entries"],
};
