import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { type ImportRow, importById } from "../db/imports.ts";
import { checked } from "../describe.ts";
import type { AppEnv } from "../env.ts";
import type { SiteId } from "../site.ts";

/** A request about one import. */
interface AboutImport {
	Bindings: AppEnv["Bindings"];
	Variables: AppEnv["Variables"] & { job: ImportRow };
}

/** The id of an import in an address. */
export const importPath = checked(
	"param",
	z.object({
		id: z
			.string()
			.max(64)
			.describe("The import's id.")
			.meta({ examples: ["Zq3vT81kLmNx"] }),
	}),
);

/** Finds the import before anything else of a request is looked at, and sets `job`. @throws ApiError 404: another site's is not there */
export const namedImport = createMiddleware<AboutImport>(async (c, next) => {
	const site = c.get("site");
	c.set("job", await knownImport(dbFor(c.env, site), site.id, c.req.param("id") ?? ""));
	await next();
});

/** The import of a site with this id. @throws ApiError 404 */
export async function knownImport(db: D1Database, siteId: SiteId, id: string): Promise<ImportRow> {
	const job = await importById(db, siteId, id);
	if (!job) throw ApiError.notFound("id", "must be the id of one of this site's imports");
	return job;
}
