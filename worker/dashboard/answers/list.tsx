import { type Context, Hono } from "hono";
import type { ResponsesCount, ResponsesReply } from "../../../shared/response-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { refusalOf } from "../call-api.ts";
import { Done } from "../field.tsx";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { AnswerCard } from "./answer-card.tsx";
import { FilterForm, FiltersSet } from "./filter-form.tsx";
import { addressOf, asAsked, FILTERS, type Filters, filtersOf } from "./filters.ts";
import { namesOf } from "./names.ts";
import * as words from "./words.ts";

/** Answers a page. */
const PAGE = 25;

/** How long before the page an answer's question may have been shown, for the answer to be noticed as new while the page is open. */
const NOTICED_MS = 10 * 60 * 1000;

/** The list of answers with its filters, what is new of it, and its files. */
export const list = new Hono<AppEnv>();

list.get("/app/answers", async (c) => {
	const site = c.get("site");
	const filters = filtersOf(c);
	const reader = readerOf(c, site.timezone);
	const { surveys } = await c.get("api").get<{ surveys: SurveyView[] }>("/v1/surveys");
	const names = namesOf(surveys);
	const cursor = c.req.query("cursor");
	const { found, news, faults } = await look(c, filters, surveys, cursor);
	return page(c, {
		title: words.list.title,
		room: "/app/answers",
		status: faults.length > 0 ? 400 : 200,
		rights: { script: true },
		body: (
			<>
				<WhatWasDone c={c} />
				<FilterForm filters={filters} faults={faults} surveys={surveys} site={site} names={names} />
				<FiltersSet filters={filters} surveys={surveys} names={names} reader={reader} />
				{found ? (
					<>
						{news ? (
							<p class="notice good news">
								<output data-live={news} /> <a href={addressOf("/app/answers", filters)}>{words.list.showNew}</a>
							</p>
						) : null}
						<div class="row list-head">
							<p class="quiet">{words.list.order(PAGE)}</p>
							<Downloads c={c} filters={filters} some={found.responses.length > 0} />
						</div>
						<ol class="list answers">
							{found.responses.map((answer) => (
								<li>
									<AnswerCard answer={answer} names={names} reader={reader} />
								</li>
							))}
						</ol>
						{found.responses.length === 0 ? (
							<Nothing filters={filters} older={cursor !== undefined} stopped={found.stopped_at !== null} />
						) : null}
						{found.stopped_at ? <p class="notice">{words.list.stopped(reader.moment(Date.parse(found.stopped_at)))}</p> : null}
						<Pages filters={filters} found={found} first={cursor === undefined} />
					</>
				) : null}
			</>
		),
	});
});

/** What is new since a page was made: `since` and how many were known then. */
list.get("/app/answers/new", async (c) => {
	const { since = "", known = "0" } = c.req.query();
	const { responses, more } = await c.get("api").get<ResponsesCount>(addressOf("/v1/responses/count", filtersOf(c), { since }));
	const n = responses - (Number(known) || 0);
	return c.json({ text: n > 0 ? words.list.news(n, more) : "" });
});

for (const format of ["csv", "ndjson"])
	list.get(`/app/answers/export.${format}`, async (c) => {
		const { surveys } = await c.get("api").get<{ surveys: SurveyView[] }>("/v1/surveys");
		const reply = await c.get("api").fetch(addressOf(`/v1/responses.${format}`, asAsked(filtersOf(c), surveys)));
		if (!reply.ok) throw await refusalOf(reply);
		const headers = ["Content-Type", "Content-Disposition"].map((name): [string, string] => [
			name,
			reply.headers.get(name) ?? "",
		]);
		return new Response(reply.body, { headers });
	});

interface Looked {
	readonly found: ResponsesReply | null;
	/** Where the page asks what is new; null where nobody will ask. */
	readonly news: string | null;
	readonly faults: readonly Fault[];
}

/** The answers that the filters let pass; or what is wrong with the filters. */
async function look(c: Context<AppEnv>, filters: Filters, surveys: readonly SurveyView[], cursor?: string): Promise<Looked> {
	const api = c.get("api");
	const since = new Date(Date.now() - NOTICED_MS).toISOString();
	try {
		const asked = asAsked(filters, surveys);
		// A count knows no words, and an older page has nothing new.
		const live = asked.q === undefined && cursor === undefined;
		const [found, known] = await Promise.all([
			api.get<ResponsesReply>(addressOf("/v1/responses", asked, { limit: String(PAGE), ...(cursor ? { cursor } : {}) })),
			live ? api.get<ResponsesCount>(addressOf("/v1/responses/count", asked, { since })) : null,
		]);
		const news = known && !known.more ? addressOf("/app/answers/new", asked, { since, known: String(known.responses) }) : null;
		return { found, news, faults: [] };
	} catch (error) {
		// What is wrong with a filter stands beside it; anything else is a page of its own.
		if (error instanceof ApiError && error.faults.some(({ field }) => FILTERS.some((name) => name === field)))
			return { found: null, news: null, faults: error.faults };
		throw error;
	}
}

/** What another page has done, and led here after. */
function WhatWasDone({ c }: { c: Context<AppEnv> }) {
	switch (c.req.query("done")) {
		case "deleted":
			return <Done>{words.removal.deleted}</Done>;
		case "erased":
			return <Done>{words.removal.erased(Number(c.req.query("n")) || 0)}</Done>;
		default:
			return null;
	}
}

function Downloads({ c, filters, some }: { c: Context<AppEnv>; filters: Filters; some: boolean }) {
	if (!some || !c.get("visitor").key.scopes.includes("export")) return null;
	return (
		<p class="downloads">
			{words.list.download} <a href={addressOf("/app/answers/export.csv", filters)}>CSV</a>{" "}
			<a href={addressOf("/app/answers/export.ndjson", filters)}>NDJSON</a>
		</p>
	);
}

/** Why there is nothing to see, and what to do about it. */
function Nothing({ filters, older, stopped }: { filters: Filters; older: boolean; stopped: boolean }) {
	if (stopped) return <p class="empty">{words.list.noneFitYet}</p>;
	if (older) return <p class="empty">{words.list.end}</p>;
	if (Object.keys(filters).length > 0)
		return (
			<div class="empty">
				<p>{words.list.noneFit}</p>
				<a href="/app/answers">{words.filters.clear}</a>
			</div>
		);
	return (
		<div class="empty">
			<p>{words.list.none}</p>
			{words.list.noneHint} <a href="/app/settings">{words.list.settings}</a>.
		</div>
	);
}

/** The way to older answers, and back to the newest. */
function Pages({ filters, found: { next, stopped_at }, first }: { filters: Filters; found: ResponsesReply; first: boolean }) {
	if (first && next === null) return null;
	return (
		<nav aria-label={words.list.pages} class="row pages">
			{next === null ? null : (
				<a class="button second" rel="next" href={addressOf("/app/answers", filters, { cursor: next })}>
					{stopped_at ? words.list.further : words.list.older}
				</a>
			)}
			{first ? null : <a href={addressOf("/app/answers", filters)}>{words.list.newest}</a>}
		</nav>
	);
}
