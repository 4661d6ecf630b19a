/** What the merchant has said in the checkout editor. */
export interface Settings {
	/** The Worker's own origin. */
	readonly collector: string;
	/** The site's public key. */
	readonly site: string;
	/** Another survey than the site's own. */
	readonly survey: string | undefined;
}

const TAG = /^(https?:\/\/[^/\s"']+)\/w\/(aw_pub_[0-9A-Za-z]{22})(?:\.lazy)?\.js/;

/** Reads the block's settings; the address may stand in a whole tag. Null while it is missing or none. */
export function settingsIn(given: Readonly<Record<string, unknown>>): Settings | null {
	const text = `${given["tag"] ?? ""}`;
	const [, collector, site] = TAG.exec(text.slice(Math.max(text.search(/https?:/), 0)).trim()) ?? [];
	return collector && site ? { collector, site, survey: `${given["survey"] ?? ""}`.trim() || undefined } : null;
}
