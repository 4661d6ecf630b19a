import { Hono } from "hono";
import type { ApiKeyView } from "../../../shared/access-contract.ts";
import type { AuditReply } from "../../../shared/audit-contract.ts";
import type { AppEnv } from "../../env.ts";
import { readerOf } from "../reader.ts";
import { Table } from "../table.tsx";
import { settingsPage } from "./frame.tsx";
import { auditWords } from "./key-words.ts";

const SAY = auditWords;

/** Who did what to the site, a hundred at a time. */
export const auditPages = new Hono<AppEnv>().get("/app/settings/audit", async (c) => {
	const api = c.get("api");
	const cursor = c.req.query("cursor");
	const [{ entries, next }, { keys }] = await Promise.all([
		api.get<AuditReply>(`/v1/audit${cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`}`),
		api.get<{ keys: ApiKeyView[] }>("/v1/keys"),
	]);
	const reader = readerOf(c, c.get("site").timezone);
	const names = new Map([["operator", SAY.operator], ...keys.map(({ id, name }) => [id, name] as const)]);
	return settingsPage(c, {
		part: "/app/settings/audit",
		title: SAY.title,
		body: (
			<>
				<p class="quiet">{SAY.intro}</p>
				{entries.length === 0 ? (
					<p class="empty">{SAY.empty}</p>
				) : (
					<Table
						label={SAY.title}
						caption={SAY.caption}
						head={[SAY.at, SAY.actor, SAY.action, SAY.object, { figure: SAY.result }]}
					>
						{entries.map(({ at, actor, action, object, result }) => (
							<tr>
								<td class="date">
									<time datetime={at}>{reader.moment(Date.parse(at))}</time>
								</td>
								<td>
									<bdi>{names.get(actor) ?? SAY.endedKey(actor)}</bdi>
								</td>
								<td>
									<code>{action}</code>
								</td>
								<td>
									<code>{object}</code>
								</td>
								<td class="number">
									<span class={result < 400 ? "tag good" : "tag bad"}>{result}</span>
								</td>
							</tr>
						))}
					</Table>
				)}
				<p class="row">
					{cursor === undefined ? null : <a href="/app/settings/audit">{SAY.first}</a>}
					{next === null ? null : <a href={`/app/settings/audit?${new URLSearchParams({ cursor: next })}`}>{SAY.next}</a>}
				</p>
			</>
		),
	});
});
