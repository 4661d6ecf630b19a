import type { CaseState } from "../../shared/case-contract.ts";
import type { Day } from "../../shared/day.ts";
import type { EventType } from "../../shared/event-contract.ts";
import { JUDGED_AFTER_MS } from "../../shared/limits.ts";
import type { SiteId } from "../site.ts";
import { ANSWER_COLUMNS, type AnswerRow } from "./answers.ts";
import { WAITING } from "./event-lines.ts";

/** Something that has happened and waits to be told, with what is told of it. Everything of an answer, case or alert is null where it is gone. */
export interface DueEvent extends Omit<AnswerRow, "id"> {
	site: SiteId;
	subject: string;
	type: EventType;
	due_at: number;
	/** Empty where the site is gone. */
	site_name: string;
	/** The id of the answer, where there is one. */
	id: string | null;
	/** Whether the answer has nothing that may tell whose it is: 0 or 1. */
	nameless: number | null;
	case_state: CaseState | null;
	opened_at: number | null;
	opened_by: string | null;
	/** Whether the shopper asked to be contacted. */
	callback_requested: number;
	assignee: string | null;
	due_on: Day | null;
	contacted_at: number | null;
	resolved_at: number | null;
	/** The alert, as JSON. */
	episode: string | null;
}

/** SQL: one side of an alert's comparison. What cannot be read is null, for the others to be told. */
const arm = (column: string) => `iif(json_valid(e.${column}), json(e.${column}), NULL)`;

const EPISODE = `SELECT json_object('survey', e.survey, 'version', e.version, 'metric', ev.metric, 'key', e.key, 'value', e.value, 'z', e.z,
	'opened_on', e.opened_on, 'cleared_on', e.cleared_on, 'recent', ${arm("recent")}, 'reference', ${arm("reference")})
	FROM episode e JOIN survey_version ev ON ev.site = e.site AND ev.survey = e.survey AND ev.version = e.version
	WHERE e.site = due.site AND e.id = due.subject`;

/** At most `limit` events of this database that were due by `now`: cases and alerts first, each site in turn, the longest waiting first. */
export async function dueEvents(db: D1Database, now: number, limit: number): Promise<DueEvent[]> {
	const { results } = await db
		.prepare(
			`SELECT due.site, due.subject, due.type, due.due_at, coalesce(site.name, '') AS site_name, ${ANSWER_COLUMNS},
				iif(ask.id IS NULL, NULL, ${NAMELESS}) AS nameless, f.state AS case_state, f.opened_at, f.opened_by, called.ask IS NOT NULL AS callback_requested,
				f.assignee, f.due_on, f.contacted_at, f.resolved_at, iif(due.type LIKE 'alert.%', (${EPISODE}), NULL) AS episode
			FROM (${WAITING}) AS due
			LEFT JOIN site ON site.id = due.site
			LEFT JOIN ask ON ask.site = due.site AND ask.id = due.subject
			LEFT JOIN survey_version v ON v.site = ask.site AND v.survey = ask.survey AND v.version = ask.version
			LEFT JOIN case_file f ON f.site = due.site AND f.id = due.subject
			LEFT JOIN callback called ON called.site = due.site AND called.ask = due.subject`,
		)
		.bind(now, limit)
		.all<DueEvent>();
	return results;
}

/** One event on its way to one endpoint, as it is first kept. */
export interface NewDelivery {
	readonly site: SiteId;
	readonly id: string;
	readonly endpoint: string;
	readonly type: EventType;
	readonly subject: string;
	/** When the answer it tells of was last changed as it was read (Unix milliseconds); null for an alert. */
	readonly updatedAt: number | null;
	/** Whether that answer had nothing that may tell whose it is: 0 or 1; null for an alert. */
	readonly nameless: number | null;
	readonly body: string;
}

/** Characters of the deliveries that one statement keeps: D1 takes 2 MB, and a character may have three bytes. */
const STATEMENT_CHARS = 400_000;

/** Whether an answer says nothing that may tell whose it is. */
const NAMELESS = `ask.comment IS NULL AND ask.customer IS NULL AND ask."transaction" IS NULL`;

/** What is told was read as it still is, retention has taken nothing from it, and no other run has told it meanwhile. */
const STANDS = `EXISTS (SELECT 1 FROM event_due due WHERE due.site = given.site AND due.subject = given.subject AND due.type = given.type)
	AND (SELECT updated_at FROM ask WHERE ask.site = given.site AND ask.id = given.subject) IS given.updated_at
	AND (SELECT ${NAMELESS} FROM ask WHERE ask.site = given.site AND ask.id = given.subject) IS given.nameless`;

/** An endpoint that was told of an event before it was put back is told of it again only where it is about an answer that was changed since. */
const UNTOLD = `NOT EXISTS (SELECT 1 FROM event_due due CROSS JOIN delivery told INDEXED BY delivery_subject
	WHERE due.site = given.site AND due.subject = given.subject AND due.type = given.type AND told.site = given.site AND told.subject = given.subject
		AND told.type = given.type AND told.endpoint = given.endpoint AND told.created_at >= max(due.failed_at, iif(given.type LIKE 'answer.%', coalesce(given.updated_at, 0), 0)))`;

/**
 * Statements of one batch that make these deliveries, call their endpoints, and take what was told off the list. An answer that was changed
 * after it was read stays on the list: it is to be put back.
 */
export function keepDeliveries(
	db: D1Database,
	deliveries: readonly NewDelivery[],
	told: readonly DueEvent[],
	now: number,
): D1PreparedStatement[] {
	const given = (columns: string) =>
		`(SELECT ${columns
			.split(" ")
			.map((name) => `json_extract(value, '$.${name}') AS ${name}`)
			.join(", ")} FROM json_each(?1)) AS given`;
	const settled = JSON.stringify(
		told.map(({ site, subject, type, updated_at, nameless }) => ({ site, subject, type, updated_at, nameless })),
	);
	return [
		...chunksOf(deliveries).map((chunk) =>
			db
				.prepare(
					`INSERT INTO delivery (site, id, endpoint, type, subject, body, created_at, due_at)
					SELECT site, id, endpoint, type, subject, body, ?2, ?2
					FROM ${given("site id endpoint type subject updated_at nameless body")} WHERE ${STANDS} AND ${UNTOLD}`,
				)
				.bind(JSON.stringify(chunk), now),
		),
		db
			.prepare(
				`UPDATE endpoint SET next_at = min(coalesce(next_at, ?2), ?2)
				WHERE (site, id) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1)) AND coalesce(next_at > ?2, 1)`,
			)
			.bind(JSON.stringify([...new Map(deliveries.map((each) => [each.endpoint, [each.site, each.endpoint]])).values()]), now),
		db
			.prepare(
				`DELETE FROM event_due WHERE (site, subject, type) IN (SELECT site, subject, type FROM ${given("site subject type updated_at nameless")} WHERE ${STANDS})`,
			)
			.bind(settled),
	];
}

/** Milliseconds for which what failed is tried: the operator hears of it in every run, and deliveries are kept for longer. */
const GIVEN_UP_MS = 3 * 24 * 60 * 60 * 1000;

/** A statement that takes what could not be told somewhere for three days off the list, and gives it. */
export function giveUp(db: D1Database, failed: ReadonlySet<DueEvent>, now: number): D1PreparedStatement {
	return db
		.prepare(
			`DELETE FROM event_due WHERE (site, subject, type) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),
				json_extract(value, '$[2]') FROM json_each(?1)) AND failed_at <= ?2 RETURNING site, subject, type`,
		)
		.bind(JSON.stringify([...failed].map(({ site, subject, type }) => [site, subject, type])), now - GIVEN_UP_MS);
}

/** Milliseconds until the next try at what failed, and at what else is still there: later than the run that read it. */
const FAILED_MS = 30 * 60 * 1000;
const LEFT_MS = 30 * 1000;

/**
 * A statement that puts back what was read and is still there, behind everything that waits now: nothing holds a place by never going. An answer
 * that was changed less than 90 seconds ago rests.
 * @param failed those of them that could not be told somewhere
 */
export function putBack(
	db: D1Database,
	read: readonly DueEvent[],
	failed: ReadonlySet<DueEvent>,
	now: number,
): D1PreparedStatement {
	return db
		.prepare(
			`UPDATE event_due SET again_at = ?2 + iif(json_extract(given.value, '$[3]'), ${FAILED_MS}, ${LEFT_MS}),
				failed_at = iif(json_extract(given.value, '$[3]'), coalesce(failed_at, ?2), failed_at),
				due_at = max(due_at, coalesce((SELECT updated_at + ${JUDGED_AFTER_MS} FROM ask
					WHERE ask.site = event_due.site AND ask.id = event_due.subject AND event_due.type LIKE 'answer.%'), 0))
			FROM json_each(?1) AS given
			WHERE event_due.site = json_extract(given.value, '$[0]') AND event_due.subject = json_extract(given.value, '$[1]')
				AND event_due.type = json_extract(given.value, '$[2]')`,
		)
		.bind(JSON.stringify(read.map((event) => [event.site, event.subject, event.type, failed.has(event)])), now);
}

function chunksOf(deliveries: readonly NewDelivery[]): object[][] {
	const chunks: object[][] = [[]];
	let chars = 0;
	for (const { updatedAt, ...rest } of deliveries) {
		if (chars > 0 && chars + rest.body.length > STATEMENT_CHARS) {
			chunks.push([]);
			chars = 0;
		}
		chunks.at(-1)?.push({ ...rest, updated_at: updatedAt });
		chars += rest.body.length;
	}
	return chunks;
}
