import type { Ask } from "../shared/contract.ts";
import { REFERENCE_BYTES } from "../shared/limits.ts";
import { CHANNELS } from "../shared/segments.ts";

/**
 * What a tag says of the shopper, `data-customer` and so on; of the segments only those the owner declared. What is not valid
 * counts as not said: a merchant's slip never costs an answer.
 */
export function readOptions(tag: Element, segmentKeys: readonly string[]): Partial<Ask> {
	const read = (name: string, form: RegExp, bytes = REFERENCE_BYTES) => {
		const text = tag.getAttribute(`data-${name}`)?.trim() ?? "";
		return form.test(text) && new TextEncoder().encode(text).length <= bytes ? text : undefined;
	};
	const printable = /^\P{C}{1,64}$/u;
	const segments: Record<string, string> = {};
	for (const key of segmentKeys) {
		const value = read(`segment-${key}`, printable, 4 * 64);
		if (value) segments[key] = value;
	}
	return {
		token: read("token", /^[\w.-]+$/, 384),
		customer: read("customer", printable),
		channel: CHANNELS.find((channel) => channel === tag.getAttribute("data-channel")) ?? "page",
		segments,
	};
}
