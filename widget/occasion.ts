import type { Locale } from "../shared/locales/index.ts";
import type { SurveySettings } from "../shared/widget-settings.ts";
import type { KeptAsk, Store } from "./memory.ts";
import type { Outbox } from "./outbox.ts";

/** All that the half which asks is told by the half which decided. */
export interface Occasion {
	/** The site's public key. */
	readonly site: string;
	/** Under which the site's things are stored in this browser. */
	readonly name: string;
	/** Segment keys the owner declared. */
	readonly segments: readonly string[];
	readonly survey: string;
	readonly settings: SurveySettings;
	readonly locale: Locale;
	readonly tag: Element;
	/** The element the question is drawn into. */
	readonly host: HTMLElement;
	/** Hash of survey and transaction. */
	readonly key: number;
	readonly store: Store;
	readonly outbox: Outbox;
	/** The ask that this transaction or tab left open, if it can be gone on with. */
	open(): KeptAsk | undefined;
}
