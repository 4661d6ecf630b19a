import type { Context } from "hono";
import type { DeliveryDetails, WebhookView } from "../../../shared/webhook-contract.ts";
import type { AppEnv } from "../../env.ts";
import { type Fact, FactList } from "../fact-list.tsx";
import { Done } from "../field.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { settingsPage } from "../settings/frame.tsx";
import { Table } from "../table.tsx";
import { Act, AGAIN_S, DeliveryTag } from "./one-page.tsx";
import { WORDS } from "./words.ts";

/** One delivery: what was told, and every attempt. */
export async function deliveryPage(c: Context<AppEnv>, id: string) {
	const delivery = await c.get("api").get<DeliveryDetails>(`/v1/deliveries/${encodeURIComponent(id)}`);
	const reader = readerOf(c, c.get("site").timezone);
	const { type, subject, state, created_at, due_at, body } = delivery;
	const room = type.startsWith("case.") ? "cases" : type.startsWith("answer.") ? "answers" : null;
	const facts: readonly Fact[] = [
		[WORDS.how, <DeliveryTag state={state} />],
		[WORDS.id, <code>{delivery.id}</code>],
		[WORDS.made1, reader.moment(Date.parse(created_at))],
		...(due_at === null ? [] : [[WORDS.dueAt, reader.moment(Date.parse(due_at))] as const]),
		...(room === null
			? []
			: [[WORDS.about, <a href={`/app/${room}/${subject}`}>{room === "cases" ? WORDS.seeCase : WORDS.seeAnswer}</a>] as const]),
	];
	const again = state === "pending" && c.req.query("done") === "again";
	const paused = again && !(await c.get("api").get<WebhookView>(`/v1/webhooks/${delivery.webhook}`)).active;
	return settingsPage(c, {
		part: "/app/webhooks",
		...(again && !paused ? { again: AGAIN_S } : {}),
		title: WORDS.delivery(WORDS.eventNames[type].toLowerCase()),
		body: (
			<>
				{again ? <Done>{paused ? WORDS.sentOnceResumed : WORDS.sentAgain}</Done> : null}
				<FactList card facts={facts} />
				<div class="row after">
					<Act to={`/app/deliveries/${delivery.id}/replay`} csrf={c.get("visitor").csrf} name={WORDS.replay} />
					<a href={`/app/webhooks/${delivery.webhook}`}>{WORDS.back}</a>
				</div>
				<h2>{WORDS.attempts}</h2>
				{delivery.attempts.length === 0 ? (
					<p class="quiet">{WORDS.noAttempt}</p>
				) : (
					<Attempts delivery={delivery} reader={reader} />
				)}
				<h2>{WORDS.body}</h2>
				{body === null ? (
					<p class="quiet">{WORDS.bodyHidden}</p>
				) : (
					<pre>
						<code>
							<bdi>{JSON.stringify(body, null, 2)}</bdi>
						</code>
					</pre>
				)}
			</>
		),
	});
}

function Attempts({ delivery, reader }: { delivery: DeliveryDetails; reader: Reader }) {
	return (
		<Table label={WORDS.attempts} head={[WORDS.at, WORDS.reason, { figure: WORDS.status }, { figure: WORDS.took }]}>
			{delivery.attempts.map(({ at, outcome, status, reason, ms }) => (
				<tr>
					<th scope="row" class="date">
						{reader.moment(Date.parse(at))}
					</th>
					<td>{reason ?? WORDS.outcomes[outcome]}</td>
					<td class="number">{status ?? "–"}</td>
					<td class="number">{reader.milliseconds(ms)}</td>
				</tr>
			))}
		</Table>
	);
}
