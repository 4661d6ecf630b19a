/**
 * Where the Worker answers, out of what `wrangler deploy` printed: under a domain of one's own if it has one, otherwise under
 * workers.dev. Null for one that has routes only.
 */
export function workerAddress(printed: string): string | null {
	const domain = /^\s+(\S+) \(custom domain/m.exec(printed)?.[1];
	return domain ? `https://${domain}` : (/^\s+(https?:\/\/\S+)$/m.exec(printed)?.[1] ?? null);
}
