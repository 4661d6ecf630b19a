import { Hono } from "hono";
import type { SiteView } from "../../shared/settings-contract.ts";
import { ApiError } from "../api-error.ts";
import { directoryOf } from "../db/db-for.ts";
import { openSiteInSession } from "../db/sessions.ts";
import { requireOperatorSession } from "../door/require-session.ts";
import type { AppEnv } from "../env.ts";
import { CsrfField } from "./field.tsx";
import { page } from "./page.tsx";

/** The operator's rooms: the sites there are. */
export const sites = new Hono<AppEnv>();

sites.use("/app/sites/*", requireOperatorSession);

sites.get("/app/sites", async (c) => {
	const { sites } = await c.get("api").get<{ sites: SiteView[] }>("/v1/sites");
	const { csrf } = c.get("visitor");
	return page(c, {
		title: "Sites",
		body: (
			<ul class="list">
				{sites.map(({ id, name }) => (
					<li>
						<form method="post" action="/app/sites/open">
							<CsrfField token={csrf} />
							<input type="hidden" name="site" value={id} />
							<button type="submit">
								Open <bdi>{name}</bdi>
							</button>
						</form>
					</li>
				))}
			</ul>
		),
	});
});

sites.post("/app/sites/open", async (c) => {
	const wanted = c.get("form").get("site") ?? "";
	const { sites } = await c.get("api").get<{ sites: SiteView[] }>("/v1/sites");
	if (!sites.some(({ id }) => id === wanted)) throw ApiError.notFound("site", "must be one of the sites there are");
	await openSiteInSession(directoryOf(c.env), c.get("visitor").session, wanted);
	return c.redirect("/app/", 303);
});
