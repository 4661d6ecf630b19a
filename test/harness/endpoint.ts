import { newWebhookSecret } from "../../worker/deliver/sign.ts";
import type { Env } from "../../worker/env.ts";
import { randomBase62 } from "../../worker/keys/key.ts";
import { seal } from "../../worker/keys/seal.ts";
import type { TestCollector } from "./collector.ts";

export async function makeEndpoint(
	collector: TestCollector,
	url: string,
	changes: { events?: string[]; filter?: object; comments?: boolean } = {},
) {
	const secret = newWebhookSecret();
	const id = randomBase62(12);
	const sealed = await seal(
		{ AFTERWORD_SECRET: "what seals the secrets of the tests" } as Env,
		JSON.stringify({ secret }),
		`${collector.site.id}.endpoint.${id}`,
	);
	await collector.db
		.prepare(
			"INSERT INTO endpoint (site, id, kind, name, settings, sealed, events, filter, comments, origin, created_at) VALUES (?1, ?2, 'webhook', 'x', ?3, ?4, ?5, ?6, ?7, ?8, 0)",
		)
		.bind(
			collector.site.id,
			id,
			JSON.stringify({ url }),
			sealed,
			JSON.stringify(
				changes.events ?? ["answer.scored", "answer.updated", "case.opened", "case.resolved", "alert.opened", "alert.cleared"],
			),
			JSON.stringify(changes.filter ?? {}),
			changes.comments ? 1 : 0,
			collector.url,
		)
		.run();
	return { id, secret };
}
