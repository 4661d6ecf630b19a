import { type Context, Hono } from "hono";
import type { CustomerReply, ResponseView } from "../../../shared/response-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { AppEnv } from "../../env.ts";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { AnswerCard, groupName, historyOf, moodOf, pageOf } from "./answer-card.tsx";
import { eraseNamed } from "./erase-named.ts";
import { namesOf } from "./names.ts";
import { EraseForm } from "./sure-form.tsx";
import * as words from "./words.ts";

/** Answers the API gives of one customer at most. */
const MOST = 500;

/** Scores shown of one survey over time, the newest. */
const SCORES = 12;

/** A verified customer's history in one place, and its end. */
export const customer = new Hono<AppEnv>();

const nameOf = (c: Context<AppEnv>) => c.req.param("customer") ?? "";

customer.get("/app/customers/:customer", async (c) => {
	const api = c.get("api");
	const name = nameOf(c);
	const [{ responses }, { surveys }] = await Promise.all([
		api.get<CustomerReply>(`/v1/customers/${encodeURIComponent(name)}`),
		api.get<{ surveys: SurveyView[] }>("/v1/surveys"),
	]);
	const names = namesOf(surveys);
	const reader = readerOf(c, c.get("site").timezone);
	return page(c, {
		title: words.customer.title,
		room: "/app/answers",
		beside: <a href="/app/answers">{words.answer.back}</a>,
		body: (
			<>
				<div class="card row customer">
					<p>
						<strong>
							<bdi>{name}</bdi>
						</strong>{" "}
						<span class="quiet">{words.customer.answers(responses.length)}</span>
					</p>
					{c.get("visitor").key.scopes.includes("erase") ? <a href={`${historyOf(name)}/erase`}>{words.customer.erase}</a> : null}
				</div>
				<h2>{words.customer.scores}</h2>
				{[...Map.groupBy(responses, ({ survey }) => survey)].map(([survey, given]) => (
					<ScoresOverTime survey={survey} given={given} />
				))}
				<h2>{words.customer.history}</h2>
				{responses.length === MOST ? <p class="quiet">{words.customer.first500}</p> : null}
				<ol class="list answers">
					{responses.map((answer) => (
						<li>
							<AnswerCard answer={answer} names={names} reader={reader} />
						</li>
					))}
				</ol>
			</>
		),
	});
});

customer.get("/app/customers/:customer/erase", (c) => {
	const name = nameOf(c);
	return page(c, {
		title: words.removal.eraseCustomer,
		room: "/app/answers",
		body: <EraseForm csrf={c.get("visitor").csrf} named={{ kind: "customer", name }} back={historyOf(name)} />,
	});
});

customer.post("/app/customers/:customer/erase", async (c) => {
	const erased = await eraseNamed(c.get("api"), { kind: "customer", name: nameOf(c) });
	return c.redirect(`/app/answers?done=erased&n=${erased}`, 303);
});

/** The scores one customer has given in one survey, oldest first: 3 → 8. */
function ScoresOverTime({ survey, given }: { survey: string; given: readonly ResponseView[] }) {
	return (
		<div class="row trend">
			<span class="quiet">{survey}</span>
			<ol aria-label={survey}>
				{given.length > SCORES ? (
					<li>
						<span aria-hidden="true">…</span> <span class="unseen">{words.customer.earlier}</span>
					</li>
				) : null}
				{given
					.slice(0, SCORES)
					.reverse()
					.map((answer) => (
						<li>
							<a class={`tag ${moodOf(answer)}`} href={pageOf(answer)} title={groupName(answer)}>
								{answer.score}
							</a>
						</li>
					))}
			</ol>
		</div>
	);
}
