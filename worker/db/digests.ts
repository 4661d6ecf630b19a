import type { EventFilter } from "../../shared/webhook-contract.ts";
import type { SiteId } from "../site.ts";
import { ANSWER_COLUMNS, type AnswerRow } from "./answers.ts";
import { makeDue } from "./delivery-log.ts";

/** An endpoint that is to be told digests. */
export interface DigestEndpoint {
	readonly id: string;
	readonly kind: string;
	readonly settings: unknown;
	readonly filter: EventFilter;
	/** Whether comments go there. */
	readonly comments: boolean;
	/** The Worker's own address. */
	readonly origin: string;
	/** Which of the digests asked about it has a delivery of already. */
	readonly told: readonly string[];
}

interface EndpointRow {
	id: string;
	kind: string;
	settings: string;
	filter: string;
	comments: number;
	origin: string;
	told: string;
}

/** A site's endpoints that are to be told digests, with those of `subjects` that each has a delivery of. */
export async function digestEndpoints(db: D1Database, siteId: SiteId, subjects: readonly string[]): Promise<DigestEndpoint[]> {
	const { results } = await db
		.prepare(
			`SELECT id, kind, settings, filter, comments, origin, (
				SELECT json_group_array(subject) FROM delivery INDEXED BY delivery_subject
				WHERE delivery.site = ?1 AND delivery.subject IN (SELECT value FROM json_each(?2)) AND delivery.endpoint = e.id) AS told
			FROM endpoint e WHERE site = ?1 AND active = 1 AND EXISTS (SELECT 1 FROM json_each(e.events) WHERE value = 'digest') ORDER BY id`,
		)
		.bind(siteId, JSON.stringify(subjects))
		.all<EndpointRow>();
	return results.map((row) => ({
		...row,
		settings: JSON.parse(row.settings),
		filter: JSON.parse(row.filter),
		comments: row.comments === 1,
		told: JSON.parse(row.told),
	}));
}

/** A digest on its way to one endpoint, as it is first kept. */
export interface NewDigest {
	readonly id: string;
	readonly endpoint: string;
	readonly subject: string;
	readonly body: string;
}

/** Keeps digests, each unless its endpoint has one of the same subject already, and makes their endpoints due. @returns how many were kept */
export async function insertDigests(db: D1Database, siteId: SiteId, digests: readonly NewDigest[], now: number): Promise<number> {
	const inserts = digests.map(({ id, endpoint, subject, body }) =>
		db
			.prepare(
				`INSERT INTO delivery (site, id, endpoint, type, subject, body, created_at, due_at) SELECT ?1, ?3, ?2, 'digest', ?4, ?5, ?6, ?6
				WHERE EXISTS (SELECT 1 FROM endpoint WHERE site = ?1 AND id = ?2 AND active = 1)
					AND NOT EXISTS (SELECT 1 FROM delivery INDEXED BY delivery_subject WHERE site = ?1 AND subject = ?4 AND endpoint = ?2)
				RETURNING id`,
			)
			.bind(siteId, endpoint, id, subject, body, now),
	);
	const endpoints = [...new Set(digests.map(({ endpoint }) => endpoint))];
	const results = await db.batch([...inserts, ...endpoints.map((endpoint) => makeDue(db, siteId, endpoint, now))]);
	return results.slice(0, inserts.length).reduce((kept, { results }) => kept + results.length, 0);
}

/** Those of some answers that still have their comment, in the order asked for. */
export async function commentedAnswers(db: D1Database, siteId: SiteId, ids: readonly string[]): Promise<AnswerRow[]> {
	const { results } = await db
		.prepare(
			`SELECT ${ANSWER_COLUMNS} FROM json_each(?2) AS wanted CROSS JOIN ask ON ask.site = ?1 AND ask.id = wanted.value
			JOIN survey_version v ON v.site = ask.site AND v.survey = ask.survey AND v.version = ask.version
			WHERE ask.status = 'answered' AND ask.erased_at IS NULL AND ask.comment IS NOT NULL ORDER BY wanted.key`,
		)
		.bind(siteId, JSON.stringify(ids))
		.all<AnswerRow>();
	return results;
}
