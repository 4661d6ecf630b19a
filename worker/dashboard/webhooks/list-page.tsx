import type { Context } from "hono";
import { MOST_WEBHOOKS, type WebhooksReply, type WebhookView } from "../../../shared/webhook-contract.ts";
import { DESTINATIONS } from "../../deliver/destinations.ts";
import type { AppEnv, Env } from "../../env.ts";
import { type Reader, readerOf } from "../reader.ts";
import { settingsPage } from "../settings/frame.tsx";
import { KINDS } from "./kinds.ts";
import { WORDS } from "./words.ts";

/** What a kind is called. */
export const kindName = (kind: string) => KINDS[kind]?.name ?? WORDS.hook;

/** The kinds that are offered: those with words here that this Worker knows. */
export const offered = (env: Env) =>
	Object.entries(KINDS).filter(([kind]) => DESTINATIONS.some((each) => each.kind === kind && !each.lacks?.(env)));

/** Every place where it is told, how each fares, and the kinds of place there are. */
export async function listPage(c: Context<AppEnv>) {
	const { webhooks } = await c.get("api").get<WebhooksReply>("/v1/webhooks");
	const reader = readerOf(c, c.get("site").timezone);
	const own = webhooks.filter(({ kind }) => kind !== "hook").length;
	return settingsPage(c, {
		part: "/app/webhooks",
		title: WORDS.title,
		body: (
			<>
				<p class="quiet">{WORDS.intro}</p>
				{webhooks.length === 0 ? (
					<p class="empty">{WORDS.empty}</p>
				) : (
					<ul class="list places">
						{webhooks.map((webhook) => (
							<Place webhook={webhook} reader={reader} />
						))}
					</ul>
				)}
				<h2 id="add">{webhooks.length === 0 ? WORDS.addFirst : WORDS.add}</h2>
				{own >= MOST_WEBHOOKS ? <p class="notice">{WORDS.full(MOST_WEBHOOKS)}</p> : <Kinds env={c.env} />}
				{offered(c.env).some(([kind]) => kind === "email") ? null : <p class="hint">{WORDS.noEmail}</p>}
				<p class="hint">{WORDS.hookHint}</p>
			</>
		),
	});
}

function Kinds({ env }: { env: Env }) {
	return (
		<ul class="list kinds" aria-labelledby="add">
			{offered(env).map(([kind, { name, text }]) => (
				<li class="card">
					<a href={`/app/webhooks/new/${kind}`}>{name}</a>
					<p class="hint">{text}</p>
				</li>
			))}
		</ul>
	);
}

/** How an endpoint fares, in a word. */
export function State({ webhook }: { webhook: WebhookView }) {
	const [text, tone] = WORDS.state(webhook);
	return <span class={`tag ${tone}`}>{text}</span>;
}

function Place({ webhook, reader }: { webhook: WebhookView; reader: Reader }) {
	const { pending, dead, last, complete } = webhook.deliveries;
	const url = webhook.settings["url"];
	return (
		<li class="card">
			<p class="row">
				<a class="place" href={`/app/webhooks/${webhook.id}`}>
					<bdi>{webhook.name}</bdi>
				</a>
				<State webhook={webhook} />
				<span class="quiet">{kindName(webhook.kind)}</span>
			</p>
			{typeof url === "string" ? (
				<p class="address">
					<code>{url}</code>
				</p>
			) : null}
			<p class="quiet">
				{last === null
					? WORDS.noneYet
					: `${WORDS.last(WORDS.eventNames[last.type].toLowerCase(), WORDS.states[last.state], reader.moment(Date.parse(last.created_at)))}. `}
				{pending + dead === 0 ? null : (
					<span class={dead > 0 ? "late" : ""}>
						{WORDS.counts(reader.number(pending), reader.number(dead))}. {complete ? null : WORDS.capped}
					</span>
				)}
			</p>
		</li>
	);
}
