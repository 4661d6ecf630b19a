import { type Context, Hono } from "hono";
import { LOCALES } from "../../../shared/locales/index.ts";
import { METRICS } from "../../../shared/metrics.ts";
import type { ResponseDetails } from "../../../shared/response-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { AppEnv } from "../../env.ts";
import { withShop } from "../../with-shop.ts";
import { type Fact, FactList } from "../fact-list.tsx";
import { CsrfField, Done } from "../field.tsx";
import { page } from "../page.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { keyName, valueName } from "../segment-name.ts";
import { AnswerCard, pageOf, Who } from "./answer-card.tsx";
import { namedIn } from "./erase-named.ts";
import { namesOf } from "./names.ts";
import * as words from "./words.ts";

const { labels } = words.answer;

/** One answer: everything that is known of it, and what can be done with it. */
export const oneAnswer = new Hono<AppEnv>().get("/app/answers/:id{[0-9a-f]+}", async (c) => {
	const api = c.get("api");
	const [answer, { surveys }] = await Promise.all([
		api.get<ResponseDetails>(`/v1/responses/${c.req.param("id")}`),
		api.get<{ surveys: SurveyView[] }>("/v1/surveys"),
	]);
	const names = namesOf(surveys);
	const reader = readerOf(c, c.get("site").timezone);
	const { question } = answer;
	return page(c, {
		title: words.answer.title(answer.score, METRICS[answer.metric].max),
		room: "/app/answers",
		beside: <a href="/app/answers">{words.answer.back}</a>,
		body: (
			<>
				{c.req.query("done") === "erased" ? <Done>{words.removal.erased(Number(c.req.query("n")) || 0)}</Done> : null}
				<AnswerCard answer={answer} names={names} reader={reader} linked={false} />
				<Acts c={c} answer={answer} />
				<h2>{words.answer.question}</h2>
				<p lang={question.locale} dir={LOCALES[question.locale].direction}>
					{withShop(question.text, c.get("site").name, question.locale)}
				</p>
				<h2>{words.answer.details}</h2>
				<Details answer={answer} reader={reader} />
			</>
		),
	});
});

function Details({ answer, reader }: { answer: ResponseDetails; reader: Reader }) {
	const moment = (at: string) => <time datetime={at}>{reader.moment(Date.parse(at))}</time>;
	const said = (text: string | null) => (text === null ? <span class="quiet">{words.answer.unknown}</span> : <bdi>{text}</bdi>);
	const nobody = answer.customer === null && answer.claimed_customer === null;
	const rows: readonly Fact[] = [
		[labels.survey, `${answer.survey}, ${labels.version(answer.version)}`],
		[labels.shown, moment(answer.shown_at)],
		[keyName("delay"), answer.delay === null ? said(null) : valueName("delay", answer.delay)],
		[labels.updated, moment(answer.updated_at)],
		[labels.transaction, said(answer.transaction)],
		[
			labels.customer,
			<>
				{nobody ? said(null) : null} <Who answer={answer} />
				{answer.claimed_customer === null ? null : (
					<p class="hint">{answer.segments["channel"] === "import" ? words.answer.importedHint : words.answer.claimedHint}</p>
				)}
			</>,
		],
		[labels.page, said(answer.page)],
		...Object.entries(answer.segments).map(
			([key, value]) => [<bdi>{breakable(keyName(key))}</bdi>, <bdi>{valueName(key, value)}</bdi>] as const,
		),
		[labels.id, <code>{answer.id}</code>],
	];
	return <FactList card facts={rows} />;
}

/** A name that may be broken after each underscore. */
function breakable(name: string) {
	return name.split(/(?<=_)/).map((part) => (
		<>
			{part}
			<wbr />
		</>
	));
}

/** What can be done with an answer by a key of these scopes. */
function Acts({ c, answer }: { c: Context<AppEnv>; answer: ResponseDetails }) {
	const { csrf, key } = c.get("visitor");
	return (
		<div class="row acts">
			{key.scopes.includes("responses:write") ? (
				<>
					<form method="post" action="/app/cases/open">
						<CsrfField token={csrf} />
						<input type="hidden" name="answer" value={answer.id} />
						<button type="submit">{words.answer.openCase}</button>
					</form>
					<a href={`${pageOf(answer)}/delete`}>{words.answer.delete}</a>
				</>
			) : null}
			{key.scopes.includes("erase") && namedIn(answer) ? <a href={`${pageOf(answer)}/erase`}>{words.answer.erase}</a> : null}
		</div>
	);
}
