import type { Locale } from "../shared/locales/index.ts";
import type { SurveySettings, WidgetSettings } from "../shared/widget-settings.ts";
import type { KeptAsk, Store } from "./memory.ts";
import type { Outbox } from "./outbox.ts";

/** All that the half which asks is told by the half which decided. */
export interface Occasion {
	readonly site: WidgetSettings;
	readonly survey: string;
	readonly settings: SurveySettings;
	readonly transaction: string | undefined;
	readonly locale: Locale;
	/** The question stands where it stands. */
	readonly tag: Element;
	/** Hash of survey and transaction. */
	readonly key: number;
	readonly store: Store;
	readonly outbox: Outbox;
	/** The ask that this transaction or tab left open, if it can be gone on with. */
	open(): KeptAsk | undefined;
}
