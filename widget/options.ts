import { REFERENCE_BYTES } from "../shared/limits.ts";

/** What a tag says of the shopper, as it stands there. */
export interface Options {
	readonly token: string | undefined;
	readonly customer: string | undefined;
	readonly channel: string;
	readonly segments: Readonly<Record<string, string>>;
}

/**
 * What a tag says of the shopper, `data-customer` and so on; of the segments only those the owner declared. What is too long is left
 * out, so that it can never make the whole too large; whether the rest is valid the collector sees, and a slip costs no answer there.
 */
export function readOptions(tag: Element, segmentKeys: readonly string[]): Options {
	const read = (name: string, most = REFERENCE_BYTES) => {
		const text = tag.getAttribute(`data-${name}`)?.trim();
		return text && text.length <= most ? text : undefined;
	};
	const segments: Record<string, string> = {};
	for (const key of segmentKeys) {
		const value = read(`segment-${key}`);
		if (value) segments[key] = value;
	}
	return { token: read("token", 384), customer: read("customer"), channel: read("channel") ?? "page", segments };
}
