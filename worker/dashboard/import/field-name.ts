import { WORDS } from "./words.ts";

/** A field of an answer as the pages call it, a segment by its key; what they do not know stays as the API names it. */
export function fieldName(field: string): string {
	if (field.startsWith("segments.")) return WORDS.segment(field.slice("segments.".length));
	return Object.hasOwn(WORDS.fields, field) ? WORDS.fields[field as keyof typeof WORDS.fields] : field;
}

/** What is wrong with a line, at which of its fields. */
export const faultOf = (field: string, detail: string): string => `${fieldName(field)}: ${detail}`;

/** The same of what a preview says, "score must be there". */
export function faultSaid(said: string): string {
	const end = said.indexOf(" ");
	return faultOf(said.slice(0, end), said.slice(end + 1));
}
