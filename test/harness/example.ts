import { readFile } from "node:fs/promises";

/** The address that stands in the examples for a merchant's own Worker. */
export const FEEDBACK = "https://feedback.example";

/** A file of `examples/`. */
export const example = (path: string): Promise<string> => readFile(new URL(`../../examples/${path}`, import.meta.url), "utf8");

/** A file of `examples/` with a merchant's own address and key filled in, as its README says. */
export async function filledIn(path: string, collector: string, publicKey: string): Promise<string> {
	const text = await example(path);
	if (!text.includes(FEEDBACK)) throw new Error(`${path} names no ${FEEDBACK}`);
	return text.replaceAll(FEEDBACK, collector).replaceAll("aw_pub_…", publicKey);
}
