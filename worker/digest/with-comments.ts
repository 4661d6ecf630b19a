import type { Event } from "../../shared/event-contract.ts";
import { moodOf, shortened } from "../dashboard/report/choose-comments.ts";
import { commentedAnswers } from "../db/digests.ts";
import type { SiteId } from "../site.ts";

/**
 * An event as it is sent now: a digest gets the comments it names, as they are now. Who has been erased since says nothing, and so does
 * everybody, in whatever event, where the endpoint asks for comments no more.
 * @throws Error where they cannot be read, in words that may be shown
 */
export async function withComments(db: D1Database, siteId: SiteId, event: Event, comments: boolean): Promise<Event> {
	if (event.type !== "digest") return comments ? event : withoutComment(event);
	const ids = comments ? event.data.comment_ids : [];
	if (ids.length === 0) return { ...event, data: { ...event.data, comment_ids: [], comments: [] } };
	const found = await commentedAnswers(db, siteId, ids).catch(() => {
		throw new Error("Its comments could not be read");
	});
	return {
		...event,
		data: {
			...event.data,
			comment_ids: found.map(({ id }) => id),
			comments: found.map(({ id, survey, metric, score, comment }) => ({
				id,
				survey,
				score,
				mood: moodOf(metric, score),
				comment: shortened(comment ?? ""),
			})),
		},
	};
}

function withoutComment(event: Event): Event {
	switch (event.type) {
		case "answer.scored":
		case "answer.updated":
			return { ...event, data: { ...event.data, comment: null } };
		case "case.opened":
		case "case.resolved":
			return { ...event, data: { ...event.data, comment: null } };
		default:
			return event;
	}
}
