import { hash } from "../shared/hash.ts";
import { USUAL_DAYS_AFTER_ANY } from "../shared/limits.ts";
import type { DecidingSettings } from "../shared/widget-settings.ts";
import { isOpen, isTooRecent } from "./due.ts";
import { type KeptAsk, type Memory, tabAsk } from "./memory.ts";
import { type Options, said } from "./options.ts";

/** Why a question is asked or not: `afterword("why")`. */
export type Gate = "consent" | "again" | "origin" | "inactive" | "closed" | "recent" | "sampling" | "waiting" | "due";

/** A question that is due. */
export interface Due {
	readonly survey: string;
	readonly transaction: string | undefined;
	/** Hash of survey and transaction. */
	readonly key: number;
	/** The ask that this transaction or tab left open, if it can be gone on with. */
	open(): KeptAsk | undefined;
}

/**
 * Whether a survey is due by what the browser remembers of the site: the survey is asked at all, the transaction is not answered or
 * dismissed, it is long enough since the last question, and the transaction is in the sample: the same ones at every reload. Without
 * one `luck` decides, 0 to 100.
 */
export function gateOf(site: DecidingSettings, options: Options, luck: number, read: () => Pick<Memory, "asks">): Due | Gate {
	const { asks } = read();
	const survey = said(options, "survey") ?? site.survey;
	const settings = site.surveys[survey];
	if (!settings) return "inactive";
	// The order's number, if it begins like one: what a template left unfilled must not stand for every order.
	const [transaction] = said(options, "transaction")?.match(/^(?!undefined|null)[\p{L}\p{N}].*/su) ?? [];
	const { version, askAgainDays, askAfterAnyDays = USUAL_DAYS_AFTER_ANY, sampling = 100 } = settings;
	const key = hash(`${survey} ${transaction}`);
	const open = () =>
		read().asks.find((kept) => {
			const mine = transaction || kept.id === tabAsk(site.site);
			return mine && kept.key === key && kept.version === version && isOpen(kept, Date.now());
		});
	if (transaction && asks.some((kept) => kept.key === key && kept.status !== "shown")) return "closed";
	if (!open()) {
		if (asks.some((kept) => isTooRecent(kept, kept.survey === survey ? askAgainDays : askAfterAnyDays, Date.now())))
			return "recent";
		if ((transaction ? (key >>> 0) % 100 : luck) >= sampling) return "sampling";
	}
	return { survey, transaction, key, open };
}
