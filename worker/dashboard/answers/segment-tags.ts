import type { ResponseView } from "../../../shared/response-contract.ts";
import { segmentName, valueName } from "../segment-name.ts";

/** Segments whose values say of themselves what they are. */
const PLAIN = ["channel", "device", "locale"] as const;

/** The segments of an answer as tags: where and on what it was given, in which language, then the owner's own. */
export function segmentTags({ segments }: ResponseView): string[] {
	const declared = Object.entries(segments).filter(([key]) => !PLAIN.some((plain) => plain === key));
	return [
		...PLAIN.flatMap((key) => (segments[key] === undefined ? [] : [valueName(key, segments[key])])),
		...declared.map(([key, value]) => segmentName(`${key}:${value}`)),
	];
}
