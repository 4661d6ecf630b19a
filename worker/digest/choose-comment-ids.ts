import { METRICS } from "../../shared/metrics.ts";
import type { Window } from "../../shared/window.ts";
import type { Survey } from "../dashboard/overview/read-findings.ts";
import { chooseAnswers } from "../dashboard/report/choose-comments.ts";
import { EACH } from "../dashboard/report/read-comments.ts";
import { findAnswers } from "../find-answers.ts";
import type { Site } from "../site.ts";

/** The answers whose comments the report over the same days would show, at most three. */
export async function chooseCommentIds(
	db: D1Database,
	site: Site,
	{ slug, metric }: Survey,
	{ from, to }: Window,
): Promise<string[]> {
	const wanted = {
		survey: slug,
		from,
		to,
		commented: true,
		verified: null,
		segment: null,
		locale: null,
		driver: null,
		words: null,
	};
	const found = await Promise.all(
		METRICS[metric].bands.map(({ from: low, to: high }) =>
			findAnswers(db, site.id, { ...wanted, scores: { [metric]: [low, high] } }, null, EACH),
		),
	);
	return chooseAnswers(
		metric,
		found.flatMap(({ rows }) => rows),
	).map(({ id }) => id);
}
