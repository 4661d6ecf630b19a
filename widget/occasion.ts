import type { Locale } from "../shared/locales/index.ts";
import type { WidgetSettings } from "../shared/widget-settings.ts";
import type { Due } from "./gates.ts";
import type { Options } from "./options.ts";
import type { Desk } from "./survey.ts";

/** All that the half which asks is told by the half which decided. */
export interface Occasion extends Due {
	readonly site: WidgetSettings;
	readonly options: Options;
	readonly locale: Locale;
	/** The tag that was run or the `<afterword-survey>` of the page: the question stands where it stands. */
	readonly spot: Element | null;
	readonly desk: Desk;
	/** Says which element the question stands in: there is one at a time. */
	placed(host: Element): void;
}
