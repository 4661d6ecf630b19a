import type { Context } from "hono";
import type { CaseState, CaseView } from "../../../shared/case-contract.ts";
import { METRICS } from "../../../shared/metrics.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { CsrfField, controlProps, Done, Faults, Field } from "../field.tsx";
import { page } from "../page.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { AnswerOfCase } from "./answer-of-case.tsx";
import { StateTag } from "./state-tag.tsx";
import { WORDS } from "./words.ts";

/** A case, and the reasons that its survey offers. */
export interface ReadCase {
	readonly view: CaseView;
	readonly drivers: SurveyView["drivers"];
}

/** What was sent to the page and is not right. */
export interface Refused {
	readonly typed: URLSearchParams;
	readonly faults: readonly Fault[];
	readonly status: 400 | 409;
}

interface Part {
	readonly view: CaseView;
	readonly csrf: string;
	readonly reader: Reader;
	readonly refused?: Refused | undefined;
}

/** One case: its answer, what was done and said, and what to do next. Who may not change it is shown no form. */
export function casePage(c: Context<AppEnv>, { view, drivers }: ReadCase, refused?: Refused) {
	const site = c.get("site");
	const { csrf, key } = c.get("visitor");
	const reader = readerOf(c, site.timezone);
	const may = key.scopes.includes("responses:write");
	const part = { view, csrf, reader, refused };
	const done = refused ? undefined : WORDS.done[c.req.query("done") ?? ""];
	return page(c, {
		title: WORDS.titleOf(view.response.metric.toUpperCase(), reader.number(view.score_at_opening)),
		room: "/app/cases",
		status: refused?.status ?? 200,
		beside: <a href="/app/cases">{WORDS.back}</a>,
		body: (
			<>
				{done ? <Done>{done}</Done> : null}
				<Faults faults={refused?.faults ?? []} />
				<div class="case">
					<AnswerOfCase site={site} view={view} drivers={drivers} reader={reader} />
					<div class="aside">
						<Steps {...part} may={may} />
						{may ? <SeenTo {...part} /> : null}
					</div>
					<Notes {...part} may={may} />
				</div>
			</>
		),
	});
}

/** The steps that lead on from a state. */
const NEXT: Readonly<Record<CaseState, readonly (readonly [to: CaseState, name: string])[]>> = {
	open: [
		["contacted", WORDS.action.contacted],
		["resolved", WORDS.action.resolved],
	],
	contacted: [
		["resolved", WORDS.action.resolved],
		["open", WORDS.action.takeBack],
	],
	resolved: [["open", WORDS.action.reopen]],
};

function Steps({ view, csrf, reader, may }: Part & { may: boolean }) {
	return (
		<section class="card" aria-labelledby="steps">
			<h2 id="steps">
				{WORDS.steps} <StateTag state={view.state} />
			</h2>
			<ol class="steps">
				{view.steps.map(({ step, at, by }) => (
					<li>
						<strong>{WORDS.step[step]}</strong> {by === null ? unasked(step, at, view) : <bdi>{WORDS.by(by)}</bdi>}
						<div class="quiet">
							<time datetime={at}>{reader.moment(Date.parse(at))}</time>
						</div>
					</li>
				))}
			</ol>
			{may ? (
				<div class="row">
					{NEXT[view.state].map(([to, name], i) => (
						<form method="post" action={`/app/cases/${view.id}/step`}>
							<CsrfField token={csrf} />
							<input type="hidden" name="state" value={to} />
							<button type="submit" class={i === 0 ? "" : "second"}>
								{name}
							</button>
						</form>
					))}
				</div>
			) : null}
		</section>
	);
}

/** Why a step was taken that nobody took. */
function unasked(step: CaseView["steps"][number]["step"], at: string, { callback, score_at_opening: score, response }: CaseView) {
	if (step === "callback_requested") return WORDS.byShopper;
	const low = score <= METRICS[response.metric].low;
	return step === "opened" && low && callback?.asked_at !== at ? WORDS.byItself : WORDS.byRequest;
}

function SeenTo({ view, csrf, refused }: Part) {
	const faults = refused?.faults ?? [];
	const typed = (name: string, kept: string | null) => refused?.typed.get(name) ?? kept ?? "";
	return (
		<section class="card" aria-labelledby="seen-to">
			<h2 id="seen-to">{WORDS.seenTo}</h2>
			<form method="post" action={`/app/cases/${view.id}/details`}>
				<CsrfField token={csrf} />
				<Field name="assignee" label={WORDS.assignee} hint={WORDS.assigneeHint} faults={faults}>
					<input
						{...controlProps("assignee", faults, true)}
						value={typed("assignee", view.assignee)}
						dir="auto"
						autocomplete="off"
					/>
				</Field>
				<Field name="due_on" label={WORDS.dueOn} hint={WORDS.dueHint} faults={faults}>
					<input {...controlProps("due_on", faults, true)} type="date" value={typed("due_on", view.due_on)} />
				</Field>
				<button type="submit" class="second">
					{WORDS.save}
				</button>
			</form>
		</section>
	);
}

function Notes({ view, csrf, reader, refused, may }: Part & { may: boolean }) {
	const faults = refused?.faults ?? [];
	return (
		<section class="card" aria-labelledby="notes">
			<h2 id="notes">{WORDS.notes}</h2>
			{view.notes.length === 0 ? <p class="quiet">{WORDS.noNotes}</p> : null}
			<ol class="notes">
				{view.notes.map(({ at, by, text }) => (
					<li>
						<p class="said-by-us" dir="auto">
							{text}
						</p>
						<p class="quiet">
							<bdi>{by}</bdi>, <time datetime={at}>{reader.moment(Date.parse(at))}</time>
						</p>
					</li>
				))}
			</ol>
			{may && !view.response.erased ? (
				<form method="post" action={`/app/cases/${view.id}/notes`}>
					<CsrfField token={csrf} />
					<Field name="text" label={WORDS.note} hint={WORDS.noteHint} faults={faults}>
						<textarea {...controlProps("text", faults, true)} dir="auto" rows={3} required>
							{refused?.typed.get("text") ?? ""}
						</textarea>
					</Field>
					<button type="submit">{WORDS.addNote}</button>
				</form>
			) : null}
		</section>
	);
}
