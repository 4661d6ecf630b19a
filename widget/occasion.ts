import type { Wanted } from "./asking.ts";
import type { Due } from "./gates.ts";
import type { Options } from "./options.ts";
import type { Desk } from "./survey.ts";

/** All that the half which asks is told by the half which decided. */
export interface Occasion extends Due {
	readonly options: Options;
	/** BCP 47 tags of the languages to ask in, the dearest first. */
	readonly wanted: Wanted;
	/** The tag that was run or the `<afterword-survey>` of the page: the question stands where it stands. */
	readonly spot: Element | null;
	readonly desk: Desk;
	/** Says which element the question stands in: there is one at a time. */
	placed(question?: Element): void;
}
