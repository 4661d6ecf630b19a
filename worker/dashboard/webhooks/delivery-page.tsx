import type { Context } from "hono";
import type { DeliveryDetails } from "../../../shared/webhook-contract.ts";
import type { AppEnv } from "../../env.ts";
import { type Reader, readerOf } from "../reader.ts";
import { settingsPage } from "../settings/frame.tsx";
import { Act, DeliveryTag } from "./one-page.tsx";
import { WORDS } from "./words.ts";

/** One delivery: what was told, and every attempt. */
export async function deliveryPage(c: Context<AppEnv>, id: string) {
	const delivery = await c.get("api").get<DeliveryDetails>(`/v1/deliveries/${encodeURIComponent(id)}`);
	const reader = readerOf(c, c.get("site").timezone);
	const { type, subject, state, created_at, due_at, body } = delivery;
	const room = type.startsWith("case.") ? "cases" : type.startsWith("answer.") ? "answers" : null;
	return settingsPage(c, {
		part: "/app/webhooks",
		title: WORDS.delivery(WORDS.eventNames[type].toLowerCase()),
		body: (
			<>
				<dl class="card what">
					<div>
						<dt>{WORDS.how}</dt>
						<dd>
							<DeliveryTag state={state} />
						</dd>
					</div>
					<div>
						<dt>{WORDS.id}</dt>
						<dd>
							<code>{delivery.id}</code>
						</dd>
					</div>
					<div>
						<dt>{WORDS.made1}</dt>
						<dd>{reader.moment(Date.parse(created_at))}</dd>
					</div>
					{due_at === null ? null : (
						<div>
							<dt>{WORDS.dueAt}</dt>
							<dd>{reader.moment(Date.parse(due_at))}</dd>
						</div>
					)}
					{room === null ? null : (
						<div>
							<dt>{WORDS.about}</dt>
							<dd>
								<a href={`/app/${room}/${subject}`}>{room === "cases" ? WORDS.seeCase : WORDS.seeAnswer}</a>
							</dd>
						</div>
					)}
				</dl>
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
		<section class="scroll" tabindex={0} aria-label={WORDS.attempts}>
			<table>
				<thead>
					<tr>
						<th scope="col">{WORDS.at}</th>
						<th scope="col">{WORDS.reason}</th>
						<th scope="col" class="number">
							{WORDS.status}
						</th>
						<th scope="col" class="number">
							{WORDS.took}
						</th>
					</tr>
				</thead>
				<tbody>
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
				</tbody>
			</table>
		</section>
	);
}
