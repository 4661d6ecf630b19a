import type { CaseView } from "../../../shared/case-contract.ts";
import { METRICS } from "../../../shared/metrics.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { Site } from "../../site.ts";
import { type Fact, FactList } from "../fact-list.tsx";
import { Listed } from "../listed.tsx";
import type { Reader } from "../reader.ts";
import { driverName } from "../survey-name.ts";
import { callLink } from "./call-link.ts";
import { replyLink } from "./reply-link.ts";
import { WORDS } from "./words.ts";

interface Props {
	readonly site: Site;
	readonly view: CaseView;
	/** The reasons that its survey offers. */
	readonly drivers: SurveyView["drivers"];
	readonly reader: Reader;
}

/** The answer that a case is about: what was said, by whom as far as that is known, and the way back to them. */
export function AnswerOfCase({ site, view, drivers, reader }: Props) {
	const { response, score_at_opening: then, next } = view;
	const number = (score: number) => reader.number(score);
	const facts: readonly (Fact | null)[] = [
		view.callback && [
			WORDS.reachAt,
			<Reach contact={view.callback.contact} subject={WORDS.replySubject(site.name, response.transaction)} />,
		],
		[
			WORDS.score,
			<>
				<strong>{WORDS.scale(number(response.score), response.metric.toUpperCase(), METRICS[response.metric].max)}</strong>
				{response.score === then ? null : <div class="quiet">{WORDS.scoreNow(number(response.score), number(then))}</div>}
			</>,
		],
		response.customer === null
			? null
			: [WORDS.next, next ? WORDS.nextScore(number(response.score), number(next.score), reader.day(next.day)) : WORDS.noNext],
		response.drivers.length === 0
			? null
			: [WORDS.reasons, <Listed names={response.drivers.map((id) => driverName({ drivers }, site.locale, id))} />],
		[WORDS.who, <Customer view={view} />],
		response.transaction === null ? null : [WORDS.order, <bdi>{response.transaction}</bdi>],
		response.page === null ? null : [WORDS.page, <bdi>{response.page}</bdi>],
		[WORDS.shown, reader.moment(Date.parse(response.shown_at))],
	];
	return (
		<section class="card" aria-labelledby="the-answer">
			<h2 id="the-answer">{WORDS.theAnswer}</h2>
			{response.comment === null ? null : (
				<blockquote class="said" dir="auto">
					{response.comment}
				</blockquote>
			)}
			<FactList facts={facts.filter((fact) => fact !== null)} />
			<WayBack site={site} view={view} />
		</section>
	);
}

/** Who it is: signed, or only claimed, which leads nowhere. */
function Customer({ view: { response } }: { view: CaseView }) {
	if (response.customer !== null)
		return (
			<>
				<bdi>{response.customer}</bdi> <span class="tag good">{WORDS.signed}</span>
			</>
		);
	if (response.claimed_customer === null) return <span class="quiet">{WORDS.unknown}</span>;
	return (
		<>
			<bdi>{response.claimed_customer}</bdi> <span class="tag warn">{WORDS.claimed}</span>
			<div class="quiet">{WORDS.claimedHint}</div>
		</>
	);
}

/** Where the shopper asked to be contacted: what they typed, and a link only where it plainly is an address or a number. */
function Reach({ contact, subject }: { contact: string; subject: string }) {
	const mail = replyLink(contact, subject);
	const call = callLink(contact);
	return (
		<>
			<strong>
				<bdi>{contact}</bdi>
			</strong>{" "}
			<span class="tag warn">{WORDS.claimed}</span>
			{mail || call ? (
				<div>
					<a href={mail ?? call ?? undefined}>{mail ? WORDS.write : WORDS.call}</a>
				</div>
			) : null}
			<div class="quiet">{WORDS.reachHint}</div>
		</>
	);
}

function WayBack({ site, view: { response, callback } }: { site: Site; view: CaseView }) {
	if (response.erased) return <p class="notice">{WORDS.erased}</p>;
	const link = replyLink(response.customer, WORDS.replySubject(site.name, response.transaction));
	if (link)
		return (
			<p>
				<a class="button" href={link}>
					{WORDS.reply}
				</a>
			</p>
		);
	if (callback !== null) return null;
	return <p class="quiet">{response.transaction ? WORDS.lookUp(`\u2068${response.transaction}\u2069`) : WORDS.noWayBack}</p>;
}
