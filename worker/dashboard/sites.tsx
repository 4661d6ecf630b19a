import { Hono } from "hono";
import type { SitesReply } from "../../shared/site-contract.ts";
import { enterSite, requireOperatorSession } from "../door/require-session.ts";
import type { AppEnv } from "../env.ts";
import { CsrfField } from "./field.tsx";
import { words as HEALTH } from "./health/words.ts";
import { page } from "./page.tsx";
import { type Reader, readerOf } from "./reader.ts";
import { WORDS } from "./set-up/words.ts";
import { Table } from "./table.tsx";

const SAY = WORDS.sites;

/** The operator's rooms: the sites there are. Where there is none yet, the first is made. */
export const sites = new Hono<AppEnv>();

sites.use("/app/sites/*", requireOperatorSession);

sites.get("/app/sites", async (c) => {
	const cursor = c.req.query("cursor");
	const path = cursor === undefined ? "/v1/sites" : `/v1/sites?${new URLSearchParams({ cursor })}`;
	const { sites, next } = await c.get("api").get<SitesReply>(path);
	if (sites.length === 0 && cursor === undefined) return c.redirect("/app/set-up", 303);
	return page(c, {
		title: SAY.title,
		beside: (
			<p class="row">
				<a href="/app/health">{HEALTH.link}</a>
				<a class="button" href="/app/set-up">
					{SAY.add}
				</a>
			</p>
		),
		body: (
			<>
				<Table label={SAY.title} caption={SAY.caption} head={[SAY.site, { figure: SAY.shown }, { figure: SAY.answered }, null]}>
					{sites.map((site) => (
						<SiteRow site={site} csrf={c.get("visitor").csrf} reader={readerOf(c, site.timezone)} />
					))}
				</Table>
				{next === null ? null : (
					<p>
						<a class="button second" href={`/app/sites?${new URLSearchParams({ cursor: next })}`}>
							{HEALTH.further}
						</a>
					</p>
				)}
			</>
		),
	});
});

sites.post("/app/sites/open", async (c) => {
	await enterSite(c, c.get("form").get("site") ?? "");
	return c.redirect("/app/", 303);
});

function SiteRow({ site, csrf, reader }: { site: SitesReply["sites"][number]; csrf: string; reader: Reader }) {
	const { id, name, origins, last_30_days: volume } = site;
	return (
		<tr>
			<th scope="row">
				<bdi>{name}</bdi>
				{origins.length > 0 ? <p class="hint">{origins.join(", ")}</p> : null}
			</th>
			<td class="number">{reader.number(volume.shown)}</td>
			<td class="number">{reader.number(volume.answered)}</td>
			<td class="number">
				<form method="post" action="/app/sites/open">
					<CsrfField token={csrf} />
					<input type="hidden" name="site" value={id} />
					<button type="submit" class="second">
						{SAY.open}
						<bdi class="unseen"> {name}</bdi>
					</button>
				</form>
			</td>
		</tr>
	);
}
