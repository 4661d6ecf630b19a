import { EDIT_WINDOW_MS } from "../../shared/limits.ts";
import type { SiteId } from "../site.ts";
import type { ErasableRevision } from "./record-asks.ts";
import { erasedAt } from "./tombstones.ts";

const NAMES = [
	"id",
	"rev",
	"survey",
	"version",
	"shown_at",
	"received_at",
	"customer",
	"transaction",
	"contact",
	"due_on",
] as const;

const field = (name: (typeof NAMES)[number]) => `json_extract(value, '$[${NAMES.indexOf(name)}]')`;

const ERASURE = erasedAt({
	site: "?1",
	id: field("id"),
	shownAt: field("shown_at"),
	receivedAt: field("received_at"),
	customer: field("customer"),
	transaction: field("transaction"),
});

/**
 * The statement that keeps where to reach the shoppers of these revisions, none where nobody asks to be contacted. It belongs in the batch
 * that keeps the asks, behind them: only an answer that is there and not erased takes one, of an ask whose edits have not ended. Of several
 * the highest revision's stands, in whatever order they come. A trigger opens the case.
 */
export function keepCallbacks(db: D1Database, siteId: SiteId, revisions: readonly ErasableRevision[]): D1PreparedStatement[] {
	const rows = revisions.flatMap(([{ callback, ...r }, tombstones]) =>
		callback
			? [[r.id, r.rev, r.survey, r.version, r.shownAt, r.receivedAt, ...tombstones, callback.contact, callback.dueOn]]
			: [],
	);
	if (rows.length === 0) return [];
	return [
		db
			.prepare(
				`INSERT INTO callback (site, ask, rev, contact, asked_at, due_on)
				SELECT ask.site, ask.id, ${field("rev")}, ${field("contact")}, ${field("received_at")}, ${field("due_on")}
				FROM json_each(?2) AS given CROSS JOIN ask ON ask.site = ?1 AND ask.id = ${field("id")}
				WHERE ask.status = 'answered' AND ask.erased_at IS NULL AND ${ERASURE} IS NULL AND ask.survey = ${field("survey")}
					AND ask.version = ${field("version")} AND ${field("received_at")} - ask.shown_at <= ${EDIT_WINDOW_MS}
				ON CONFLICT (site, ask) DO UPDATE SET rev = excluded.rev, contact = excluded.contact,
					asked_at = iif(callback.contact = excluded.contact, callback.asked_at, excluded.asked_at)
				WHERE excluded.rev > callback.rev`,
			)
			.bind(siteId, JSON.stringify(rows)),
	];
}
