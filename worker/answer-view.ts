import { bandOf } from "../shared/metrics.ts";
import type { ResponseDetails, ResponseView } from "../shared/response-contract.ts";
import type { AnswerRow, DetailedRow } from "./db/answers.ts";

/** An answer as its owner reads it. */
export function answerView(row: AnswerRow): ResponseView {
	const verified = row.verified === 1;
	return {
		id: row.id,
		survey: row.survey,
		version: row.version,
		metric: row.metric,
		score: row.score,
		group: bandOf(row.metric, row.score) ?? "",
		drivers: JSON.parse(row.drivers),
		comment: row.comment,
		segments: JSON.parse(row.segments),
		transaction: row.transaction,
		customer: verified ? row.customer : null,
		claimed_customer: verified ? null : row.customer,
		verified,
		page: row.page,
		day: row.day,
		shown_at: new Date(row.shown_at).toISOString(),
		updated_at: new Date(row.updated_at).toISOString(),
		delay: row.delay,
		commented: row.commented === 1,
		erased: row.erased_at !== null,
	};
}

/** An answer with what was asked. */
export function answerDetails(row: DetailedRow): ResponseDetails {
	return { ...answerView(row), question: { locale: row.locale, text: row.question } };
}
