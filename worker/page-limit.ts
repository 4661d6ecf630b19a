import * as z from "zod";

/** The parameter that says how many entries a page has: 1 to 200, and 50 where it is left out. */
export const pageLimit = z
	.preprocess(
		(text) => (/^[1-9]\d{0,2}$/.test(String(text)) ? Number(text) : undefined),
		z.int("must be 1 to 200").min(1, "must be 1 to 200").max(200, "must be 1 to 200"),
	)
	.default(50)
	.describe("Entries of a page, 1 to 200; 50 where it is left out.");
