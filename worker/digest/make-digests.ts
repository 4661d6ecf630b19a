import { dayOf, daysIn } from "../../shared/day.ts";
import type { DigestEventData } from "../../shared/digest-contract.ts";
import { type DigestPeriod, digestPeriods, wantsDigest } from "../../shared/digest-period.ts";
import type { Event } from "../../shared/event-contract.ts";
import { summariseCases } from "../case-summary.ts";
import type { SiteFindings, SurveyFindings } from "../dashboard/overview/read-findings.ts";
import { shopLine, surveyLine } from "../dashboard/overview/takeaways.tsx";
import { readerIn, USUAL_LOCALE } from "../dashboard/reader.ts";
import { type DigestEndpoint, digestEndpoints, insertDigests, type NewDigest } from "../db/digests.ts";
import { gathered } from "../db/gathered.ts";
import { destinationOf } from "../deliver/destinations.ts";
import type { Site } from "../site.ts";
import { newDeliveryId } from "../test-event.ts";
import { chooseCommentIds } from "./choose-comment-ids.ts";
import { digestSurvey } from "./digest-survey.ts";
import { siteFindings } from "./site-findings.ts";

/** What a delivery of a digest says it is about. */
export const subjectOf = ({ kind, from }: DigestPeriod) => `digest:${kind}:${from}`;

/**
 * Makes the digests of a site that are due on its local day of `now` (Unix milliseconds), one for each endpoint that wants it and has none
 * yet. Doing it again, or twice at once, tells nothing twice. On most days there is nothing to do, and no database is asked.
 * @returns how many were made
 */
export async function makeDigests(db: D1Database, site: Site, now: number): Promise<number> {
	const periods = digestPeriods(dayOf(now, site.timezone));
	if (periods.length === 0) return 0;
	const endpoints = (await digestEndpoints(db, site.id, periods.map(subjectOf))).filter(({ kind }) =>
		destinationOf(kind)?.takes.includes("digest"),
	);
	let made = 0;
	for (const period of periods) {
		const waiting = endpoints.filter(
			({ filter, told }) => wantsDigest(filter.digest, period.kind) && !told.includes(subjectOf(period)),
		);
		if (waiting.length === 0) continue;
		const digests = await digestsOf(gathered(db), site, period, waiting, now);
		if (digests.length > 0) made += await insertDigests(db, site.id, digests, now);
	}
	return made;
}

/** The digests of one period: its figures are read once, whoever is told. */
async function digestsOf(
	db: D1Database,
	site: Site,
	period: DigestPeriod,
	endpoints: readonly DigestEndpoint[],
	now: number,
): Promise<NewDigest[]> {
	const { kind, from, to } = period;
	const window = { name: `${from}..${to}`, from, to };
	const [found, { opened, contacted, resolved, time_to_contact_ms, unresolved, overdue }] = await Promise.all([
		siteFindings(db, site, window, now),
		summariseCases(db, site, window, now),
	]);
	const cases = { opened, contacted, resolved, time_to_contact_ms, unresolved, overdue };
	const reader = readerIn(USUAL_LOCALE, site.timezone);
	const digests = endpoints.map(async (endpoint): Promise<NewDigest | null> => {
		const { asked, alerts } = only(found, endpoint.filter.surveys);
		if (!asked.some(isNews)) return null;
		const [first] = asked.filter(({ score }) => score.funnel.shown > 0);
		const data: DigestEventData = {
			site: { id: site.id, name: site.name },
			period: { kind, from, to, timezone: site.timezone },
			headline:
				asked.length > 1
					? shopLine(asked, alerts, daysIn(from, to))
					: asked.map((findings) => surveyLine(findings, site, reader)).join(" "),
			surveys: asked.map((findings) => digestSurvey(findings, site, reader)),
			cases,
			comment_ids: endpoint.comments && first ? await chooseCommentIds(db, site, first.survey, window) : [],
			comments: [],
			url: `${endpoint.origin}/app/?from=${from}&to=${to}`,
		};
		const event: Event = { type: "digest", timestamp: new Date(now).toISOString(), data };
		if (!destinationOf(endpoint.kind)?.accepts(event, endpoint.settings)) return null;
		return { id: newDeliveryId(), endpoint: endpoint.id, subject: subjectOf(period), body: JSON.stringify(event) };
	});
	return (await Promise.all(digests)).filter((digest) => digest !== null);
}

/** What is said of some surveys; of all where none is named. */
function only({ asked, alerts, neverAsked }: SiteFindings, surveys: readonly string[] | undefined): SiteFindings {
	if (!surveys) return { asked, alerts, neverAsked };
	return {
		asked: asked.filter(({ survey }) => surveys.includes(survey.slug)),
		alerts: alerts.filter(({ survey }) => surveys.includes(survey)),
		neverAsked,
	};
}

/** Whether somebody was asked, or was in the days before: that nobody is asked any more is news once. */
function isNews({ score, silence }: SurveyFindings): boolean {
	return score.funnel.shown + score.responses + score.previous.responses > 0 || silence.response_rate.before.value !== null;
}
