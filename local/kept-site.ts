import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { LocalD1 } from "./local-d1.ts";

/**
 * The site that an earlier start has noted in `file`, where the directory still has it; otherwise one that is made now and noted
 * there. The file lies in the git-ignored state folder, for it may hold a key of which the database has only the hash.
 */
export async function keptSite<Site extends { readonly id: string }>(
	directory: LocalD1,
	file: string,
	make: () => Promise<Site>,
): Promise<Site> {
	const kept = await noted<Site>(file);
	if (kept && (await directory.prepare("SELECT 1 FROM place WHERE site = ?1").bind(kept.id).first())) return kept;
	const made = await make();
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify(made), { mode: 0o600 });
	return made;
}

async function noted<Site>(file: string): Promise<Site | null> {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch {
		return null;
	}
}
