import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** How the question comes to one kind of shop, as its folder's README says it. */
export interface ShopGuide {
	/** The folder's name. */
	readonly name: string;
	/** Its heading: the shop's name. */
	readonly title: string;
	/** Its first sentences, as Markdown. */
	readonly summary: string;
	/** The whole of it, as Markdown. */
	readonly readme: string;
}

/**
 * The guides of a folder's folders, by their titles: each that has a README and is not among `others`. They are read anew each time,
 * so that there is no list of them to keep.
 */
export async function readShopGuides(folder: string, others: readonly string[] = []): Promise<ShopGuide[]> {
	const guides: ShopGuide[] = [];
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		if (!entry.isDirectory() || others.includes(entry.name)) continue;
		const readme = await readFile(join(folder, entry.name, "README.md"), "utf8").catch(() => null);
		const [, title = "", summary = ""] = /^# (.+)\n\n([\s\S]+?)(?:\n\n|$)/.exec(readme ?? "") ?? [];
		if (readme && title) guides.push({ name: entry.name, title: title.replace(/^Afterword for /, ""), summary, readme });
	}
	return guides.sort((one, other) => one.title.localeCompare(other.title, "en"));
}
