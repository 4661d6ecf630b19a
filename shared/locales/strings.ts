import type { DriverId } from "../drivers.ts";
import type { MetricName } from "../metrics.ts";

/**
 * Every string a shopper sees or hears, in one language. A language that lacks one does not compile.
 * `{shop}` stands for the name of the shop, `{value}` and `{responses}` for numbers already formatted for the language.
 */
export interface Strings {
	/** The direction the language is written in. */
	readonly direction: "ltr" | "rtl";
	/** The question of each metric in its established wording. */
	readonly question: Readonly<Record<MetricName, string>>;
	/** What the lowest and the highest score mean, shown at the ends of the scale. */
	readonly ends: Readonly<Record<MetricName, readonly [low: string, high: string]>>;
	/** What the scores 2, 3 and 4 of csat mean: the names of stars and faces, and what their picture says to a screen reader. */
	readonly levels: readonly [low: string, middle: string, high: string];
	/** Asks for the reasons, in the same words whatever the score. */
	readonly reasons: string;
	readonly drivers: Readonly<Record<DriverId, string>>;
	/** The label of the comment field. */
	readonly comment: string;
	/** The button that ends the follow-up. */
	readonly done: string;
	/** The button that closes the question without an answer. */
	readonly dismiss: string;
	/** Announced when a score has been taken. */
	readonly saved: string;
	/** Said when all is done. */
	readonly thanks: string;
	/** Said beside the thanks when the answer waits on the device for a connection. */
	readonly waiting: string;
	/** Said in place of "saved" when the answer was refused and will not be sent again. */
	readonly refused: string;
	/** Said in place of "saved" when somebody has answered for this order before. */
	readonly answered: string;
	/** After the thanks: the link to write a public review. */
	readonly review: string;
	/** After the thanks: the link to write to the shop. */
	readonly contact: string;
	/** After the thanks: offers that the shop gets in touch, and asks for the address or number. The label of that field. */
	readonly callback: string;
	/** The button that asks for it. */
	readonly request: string;
	/** Announced when it has been asked for. */
	readonly requested: string;
	/** The survey's own page, when there is nothing to ask: the survey has ended, or this order was answered. */
	readonly closed: string;
	/** The survey's own page, in a browser that runs no scripts. */
	readonly script: string;
	/** The shop's own score, where it shares it, as one sentence. */
	readonly shared: Readonly<Record<MetricName, string>>;
	/** On the badge, where it counts only orders that the shop's server signed. */
	readonly signed: string;
	/** What that proves, and what it does not. */
	readonly signedMeans: string;
}
