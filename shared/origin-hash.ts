import { hash } from "./hash.ts";

/**
 * What stands for an allowed origin in the widget's settings, so that the list itself is not in the file: the scheme with the whole
 * origin, or for "https://*.example.com" with what its subdomains end in.
 */
export function hashOfAllowed(allowed: string): number {
	const [scheme = "", domain = ""] = allowed.split("//*");
	return hash(domain ? scheme + domain : allowed.replace(/^(\w+:)/, "$1$1"));
}

/** Whether an origin is among the allowed ones of which these are the hashes. */
export function isAllowed(origin: string, hashes: readonly number[]): boolean {
	return [...origin].some((_, i) => hashes.includes(hash(origin.split("/")[0] + origin.slice(i))));
}
