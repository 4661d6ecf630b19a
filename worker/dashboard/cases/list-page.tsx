import type { Context } from "hono";
import type { CaseItem, CaseSummary } from "../../../shared/case-contract.ts";
import { round } from "../../../shared/round.ts";
import type { AppEnv } from "../../env.ts";
import { page } from "../page.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { StateTag } from "./state-tag.tsx";
import { WORDS } from "./words.ts";

/** What the list is narrowed to, as the address says it. */
export interface Narrowed {
	readonly state: string;
	/** Null for anyone's, empty for nobody's. */
	readonly assignee: string | null;
	/** Only those of shoppers who asked to be contacted. */
	readonly callbacks: boolean;
}

interface List {
	readonly cases: readonly CaseItem[];
	readonly next: string | null;
	readonly summary: CaseSummary;
	readonly narrowed: Narrowed;
	readonly now: number;
}

const STATES = ["unresolved", "open", "contacted", "resolved", "all"] as const;

/** The cases by age, with how well the loop is closed above them. */
export function listPage(c: Context<AppEnv>, { cases, next, summary, narrowed, now }: List) {
	const reader = readerOf(c, c.get("site").timezone);
	return page(c, {
		title: WORDS.title,
		room: "/app/cases",
		body: (
			<>
				<Figures summary={summary} reader={reader} />
				<Filters narrowed={narrowed} assignees={summary.assignees} />
				{cases.length === 0 ? (
					<div class="empty">
						<p>{WORDS.empty}</p>
						<p>{WORDS.emptyHint}</p>
					</div>
				) : (
					<ul class="cases">
						{cases.map((one) => (
							<Row one={one} reader={reader} now={now} />
						))}
					</ul>
				)}
				{next ? (
					<p>
						<a class="button second" href={addressOf(narrowed, next)}>
							{WORDS.further}
						</a>
					</p>
				) : null}
			</>
		),
	});
}

function Figures({ summary, reader }: { summary: CaseSummary; reader: Reader }) {
	const { opened, resolved, share_resolved: share, time_to_contact_ms: wait } = summary;
	return (
		<>
			<dl class="figures card">
				<div>
					<dt>{WORDS.toDo}</dt>
					<dd>{reader.number(summary.unresolved)}</dd>
				</div>
				<div>
					<dt>{WORDS.overdue}</dt>
					<dd class={summary.overdue > 0 ? "late" : ""}>{reader.number(summary.overdue)}</dd>
				</div>
				<div>
					<dt>{WORDS.closed}</dt>
					<dd>{share === null ? "–" : reader.percent(round(share) / 100)}</dd>
					<dd class="hint">{opened === 0 ? WORDS.noneOpened : WORDS.closedOf(reader.number(resolved), reader.number(opened))}</dd>
				</div>
				<div>
					<dt>{WORDS.timeToContact}</dt>
					<dd>{wait === null ? "–" : reader.span(wait)}</dd>
					<dd class="hint">{wait === null && opened > 0 ? WORDS.notYetHalf : WORDS.timeToContactHint}</dd>
				</div>
			</dl>
			{summary.complete ? null : <p class="notice">{WORDS.incomplete}</p>}
		</>
	);
}

function Filters({ narrowed, assignees }: { narrowed: Narrowed; assignees: readonly string[] }) {
	const { state, assignee, callbacks } = narrowed;
	const nameOf = (one: (typeof STATES)[number]) =>
		one === "unresolved" ? WORDS.unresolved : one === "all" ? WORDS.all : WORDS.states[one];
	const whose = [null, "", ...assignees, ...(assignee && !assignees.includes(assignee) ? [assignee] : [])];
	return (
		<div class="filters">
			<nav aria-label={WORDS.stateFilter}>
				<ul class="choice">
					{STATES.map((one) => (
						<li>
							<a href={addressOf({ ...narrowed, state: one })} aria-current={one === state ? "true" : undefined}>
								{nameOf(one)}
							</a>
						</li>
					))}
				</ul>
			</nav>
			<nav aria-label={WORDS.callbackFilter}>
				<ul class="choice">
					{[false, true].map((only) => (
						<li>
							<a href={addressOf({ ...narrowed, callbacks: only })} aria-current={only === callbacks ? "true" : undefined}>
								{only ? WORDS.callbacks : WORDS.everyCase}
							</a>
						</li>
					))}
				</ul>
			</nav>
			{assignees.length === 0 && assignee === null ? null : (
				<nav aria-label={WORDS.assigneeFilter}>
					<ul class="choice">
						{whose.map((one) => (
							<li>
								<a href={addressOf({ ...narrowed, assignee: one })} aria-current={one === assignee ? "true" : undefined}>
									{one === null ? WORDS.anyone : one === "" ? WORDS.nobodys : <bdi>{one}</bdi>}
								</a>
							</li>
						))}
					</ul>
				</nav>
			)}
		</div>
	);
}

function Row({ one, reader, now }: { one: CaseItem; reader: Reader; now: number }) {
	const { response, state, assignee, due_on: due, next } = one;
	const score = reader.number(one.score_at_opening);
	const later = next ? reader.number(next.score) : response.score === one.score_at_opening ? null : reader.number(response.score);
	return (
		<li class="card">
			<a href={`/app/cases/${one.id}`}>
				<span class="score">
					{response.metric.toUpperCase()} {score}
					{later === null ? null : <> → {later}</>}
				</span>
				{response.survey === response.metric ? null : <span class="quiet"> {response.survey}</span>}
			</a>
			<p class="said" dir={response.comment === null ? undefined : "auto"}>
				{response.comment ?? <span class="quiet">{WORDS.noComment}</span>}
			</p>
			<p class="row">
				{one.callback === null ? null : <span class={state === "resolved" ? "tag" : "tag bad"}>{WORDS.callback}</span>}
				<StateTag state={state} />
				<time class="quiet" datetime={one.opened_at}>
					{WORDS.ago(reader.span(Math.max(0, now - Date.parse(one.opened_at))))}
				</time>
				{due === null || state === "resolved" ? null : (
					<span class={one.overdue ? "late" : "quiet"}>{(one.overdue ? WORDS.wasDue : WORDS.due)(reader.day(due))}</span>
				)}
				<span class="quiet">{assignee === null ? WORDS.nobody : <bdi>{assignee}</bdi>}</span>
			</p>
		</li>
	);
}

function addressOf({ state, assignee, callbacks }: Narrowed, cursor?: string): string {
	const query = new URLSearchParams();
	if (state !== "unresolved") query.set("state", state);
	if (assignee !== null) query.set("assignee", assignee);
	if (callbacks) query.set("callbacks", "only");
	if (cursor) query.set("cursor", cursor);
	return query.size === 0 ? "/app/cases" : `/app/cases?${query}`;
}
