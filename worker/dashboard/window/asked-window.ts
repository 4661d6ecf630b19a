import type { Day } from "../../../shared/day.ts";
import { LONGEST_WINDOW, parseWindow, type Window } from "../../../shared/window.ts";
import type { Fault } from "../../api-error.ts";
import { words } from "./words.ts";

/** The window a page is asked for. */
export interface AskedWindow {
	readonly window: Window;
	/** Whether it is one of the visitor's own, from one day to another. */
	readonly custom: boolean;
	/** What the visitor typed, as it was typed. */
	readonly from: string;
	readonly to: string;
	/** Why what was typed is no window: then the usual one is shown. */
	readonly faults: readonly Fault[];
}

const USUAL = "30d";

/**
 * Reads `window`, or `from` and `to`, from a page's address, as the API reads its own. What is no window gives the usual one, with the
 * reason. `today` is the site's local day.
 */
export function askedWindow(query: Readonly<Record<string, string>>, today: Day): AskedWindow {
	const { window: name = "", from = "", to = "" } = query;
	const days = from !== "" || to !== "" ? `${from}..${to}` : name;
	const window = parseWindow(days === "" ? USUAL : days, today);
	const usual = window ?? parseWindow(USUAL, today);
	if (!usual) throw new Error(`No window: ${USUAL}`);
	const faults = window === null ? [{ field: "to", detail: words.fault(LONGEST_WINDOW) }] : [];
	const custom = window !== null && days.includes("..");
	return { window: usual, custom, from: custom ? usual.from : from, to: custom ? usual.to : to, faults };
}
