import type { Context } from "hono";
import { USUAL_DIGEST } from "../../../shared/digest-period.ts";
import {
	DELIVERY_STATES,
	type DeliveriesReply,
	type DeliveryDetails,
	type DeliveryView,
	type WebhookView,
} from "../../../shared/webhook-contract.ts";
import type { AppEnv } from "../../env.ts";
import { type Fact, FactList } from "../fact-list.tsx";
import { CsrfField, Done } from "../field.tsx";
import { Listed } from "../listed.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { segmentName } from "../segment-name.ts";
import { settingsPage } from "../settings/frame.tsx";
import { Secret } from "../settings/secret.tsx";
import { Table } from "../table.tsx";
import { kindName, State } from "./list-page.tsx";
import { WORDS } from "./words.ts";

/** Seconds after which a page looks again how it went. */
export const AGAIN_S = 5;

interface Part {
	readonly webhook: WebhookView;
	readonly reader: Reader;
	readonly csrf: string;
}

/** A secret that is shown this once, and what is said of it. */
export interface Shown {
	readonly label: string;
	readonly value: string;
}

/** One place: how it fares, what goes there, what can be done, and what was told. */
export async function onePage(c: Context<AppEnv>, id: string, secret?: Shown) {
	const api = c.get("api");
	const address = `/v1/webhooks/${encodeURIComponent(id)}`;
	const state = DELIVERY_STATES.find((each) => each === c.req.query("state"));
	const cursor = c.req.query("cursor");
	const query = new URLSearchParams({ limit: "25", ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) });
	const testId = c.req.query("test");
	const [webhook, log, tested] = await Promise.all([
		api.get<WebhookView>(address),
		api.get<DeliveriesReply>(`${address}/deliveries?${query}`),
		testId ? api.get<DeliveryDetails>(`/v1/deliveries/${encodeURIComponent(testId)}`) : null,
	]);
	const reader = readerOf(c, c.get("site").timezone);
	const part = { webhook, reader, csrf: c.get("visitor").csrf };
	const waits = tested?.state === "pending" && tested.attempts.length === 0;
	const done = c.req.method === "GET" ? WORDS.done[c.req.query("done") ?? ""] : undefined;
	const [, replayed] = /^(\d{1,6})$/.exec(c.req.query("replayed") ?? "") ?? [];
	return settingsPage(c, {
		part: "/app/webhooks",
		title: webhook.name,
		...(secret ? { rights: { script: true } } : {}),
		...(waits ? { again: AGAIN_S } : {}),
		body: (
			<>
				{secret ? <Secret {...secret} /> : null}
				{done ? <Done>{done}</Done> : null}
				{replayed ? (
					<Done>
						{WORDS.replayed(reader.number(Number(replayed)), replayed === "1")}
						{c.req.query("more") === undefined ? null : ` ${WORDS.replayedMore}`}
					</Done>
				) : null}
				{tested ? <Tested delivery={tested} reader={reader} /> : null}
				<Troubled {...part} />
				<Facts {...part} />
				<Acts {...part} />
				<Log {...part} log={log} state={state} />
			</>
		),
	});
}

function Tested({ delivery, reader }: { delivery: DeliveryDetails; reader: Reader }) {
	const last = delivery.attempts.at(-1);
	if (delivery.state === "delivered") return <Done>{WORDS.testFine(reader.milliseconds(last?.ms ?? 0))}</Done>;
	if (!last)
		return (
			<p class="notice" role="status">
				{WORDS.testWaits}
			</p>
		);
	const text = delivery.state === "dead" ? WORDS.testDead(last.reason ?? "") : WORDS.testFailed(last.reason ?? "");
	return (
		<p class="notice bad" role="status">
			{text}
		</p>
	);
}

function Troubled({ webhook: { active, ended, failing_since: since }, reader }: Part) {
	const text = !active && ended ? WORDS.endedHow[ended] : since ? WORDS.failingSince(reader.moment(Date.parse(since))) : null;
	return text === null ? null : <p class={ended === "owner" || active ? "notice" : "notice bad"}>{text}</p>;
}

function Facts({ webhook }: Part) {
	const { kind, settings, hint, events, filter, comments } = webhook;
	const only = [
		...(filter.surveys ?? []),
		...(filter.groups ?? []).map((group) => WORDS.groupNames[group]),
		...(filter.segments ?? []).map(segmentName),
	];
	const rows: readonly Fact[] = [
		[
			WORDS.facts.kind,
			<>
				{kindName(kind)} <State webhook={webhook} />
			</>,
		],
		...Object.values(settings).map((value) => [WORDS.facts.address, <code>{[value].flat().join(", ")}</code>] as const),
		...(hint ? [[WORDS.facts.secret, <code>{WORDS.endsIn(hint)}</code>] as const] : []),
		[WORDS.facts.events, events.map((event) => WORDS.eventNames[event]).join(", ")],
		...(events.includes("digest") ? [[WORDS.facts.digest, WORDS.digests[filter.digest ?? USUAL_DIGEST]] as const] : []),
		...(only.length > 0 ? [[WORDS.facts.only, <Listed names={only} />] as const] : []),
		[WORDS.facts.comments, comments ? WORDS.withComments : WORDS.withoutComments],
	];
	return <FactList card facts={rows} />;
}

function Acts({ webhook: { id, kind, active }, csrf }: Part) {
	const at = `/app/webhooks/${id}`;
	return (
		<section aria-label={WORDS.acts} class="row after">
			{active ? <Act to={`${at}/test`} csrf={csrf} name={WORDS.test} /> : null}
			<Act
				to={`${at}/${active ? "pause" : "resume"}`}
				csrf={csrf}
				name={active ? WORDS.pause : WORDS.resume}
				kind={active ? "second" : ""}
			/>
			{kind === "hook" ? null : <a href={`${at}/edit`}>{WORDS.edit}</a>}
			{kind === "webhook" ? <a href={`${at}/rotate`}>{WORDS.rotate}</a> : null}
			<a class="end" href={`${at}/delete`}>
				{WORDS.remove}
			</a>
		</section>
	);
}

/** A button that does something. */
export function Act({ to, csrf, name, kind = "" }: { to: string; csrf: string; name: string; kind?: "" | "second" }) {
	return (
		<form method="post" action={to}>
			<CsrfField token={csrf} />
			<button type="submit" class={kind}>
				{name}
			</button>
		</form>
	);
}

function Log({ webhook, reader, csrf, log, state }: Part & { log: DeliveriesReply; state: DeliveryView["state"] | undefined }) {
	const at = `/app/webhooks/${webhook.id}`;
	return (
		<section aria-labelledby="log">
			<h2 id="log">{WORDS.log}</h2>
			<p class="hint after">{WORDS.logHint}</p>
			<ul class="choice after" aria-label={WORDS.stateFilter}>
				{[undefined, ...DELIVERY_STATES].map((one) => (
					<li>
						<a href={one ? `${at}?state=${one}` : at} aria-current={one === state ? "true" : undefined}>
							{one ? WORDS.states[one] : WORDS.every}
							{one ? ` ${reader.number(webhook.deliveries[one])}` : null}
						</a>
					</li>
				))}
			</ul>
			{log.deliveries.length === 0 ? <p class="empty">{WORDS.logEmpty}</p> : <Deliveries log={log.deliveries} reader={reader} />}
			<div class="row">
				{webhook.deliveries.dead > 0 ? <Act to={`${at}/replay`} csrf={csrf} name={WORDS.replayDead} kind="second" /> : null}
				{log.next === null ? null : (
					<a href={`${at}?${new URLSearchParams({ ...(state ? { state } : {}), cursor: log.next })}`}>{WORDS.older}</a>
				)}
			</div>
		</section>
	);
}

const TONES = { pending: "warn", delivered: "good", dead: "bad" } as const;

/** How far a delivery has come. */
export function DeliveryTag({ state }: { state: DeliveryView["state"] }) {
	return <span class={`tag ${TONES[state]}`}>{WORDS.states[state]}</span>;
}

function Deliveries({ log, reader }: { log: readonly DeliveryView[]; reader: Reader }) {
	return (
		<Table label={WORDS.deliveries} kind="told" head={[WORDS.what, WORDS.how, WORDS.at, WORDS.outcome]}>
			{log.map(({ id, type, created_at, state, attempts }) => {
				const last = attempts.at(-1);
				return (
					<tr>
						<th scope="row">
							<a href={`/app/deliveries/${id}`}>{WORDS.eventNames[type]}</a>
						</th>
						<td>
							<DeliveryTag state={state} />
						</td>
						<td class="date">{reader.moment(Date.parse(created_at))}</td>
						<td>{last ? (last.reason ?? WORDS.outcomes[last.outcome]) : WORDS.noAttempt}</td>
					</tr>
				);
			})}
		</Table>
	);
}
