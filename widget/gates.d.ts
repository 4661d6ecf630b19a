import type { SurveySettings, WidgetSettings } from "../shared/widget-settings.ts";
import { type KeptAsk, type Memory } from "./memory.ts";
import { type Options } from "./options.ts";
/** Why a question is asked or not: `afterword("why")`. */
export type Gate = "consent" | "again" | "browser" | "origin" | "inactive" | "closed" | "recent" | "sampling" | "waiting" | "due";
/** A question that is due. */
export interface Due {
	readonly survey: string;
	readonly settings: SurveySettings;
	readonly transaction: string | undefined;
	/** Hash of survey and transaction. */
	readonly key: number;
	/** The ask that this transaction or tab left open, if it can be gone on with. */
	open(): KeptAsk | undefined;
}
/**
 * Whether a survey is due by what the browser remembers of the site: the survey is asked at all, the transaction is not answered or
 * dismissed, it is long enough since the last question, and the transaction is in the sample: the same ones at every reload.
 */
export declare function gateOf(site: WidgetSettings, options: Options, read: () => Memory): Due | Gate;
