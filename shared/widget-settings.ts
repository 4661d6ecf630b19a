import type { Locale } from "./locales/index.ts";

/** What the widget must know of its site to decide whether it asks. The Worker writes it into the first line of what it serves. */
export interface DecidingSettings {
	/** The site's public key. */
	readonly site: string;
	/** The collector's own origin, e.g. "https://feedback.example". */
	readonly origin: string;
	/** Hashes of the origins whose pages may ask. */
	readonly origins: readonly number[];
	/** What the tag's address asks for, such as "lang=he", for the file that asks; absent where it asks for nothing. */
	readonly query?: string;
	/** The survey asked where the tag names none. */
	readonly survey: string;
	/** The surveys that are asked, by name. */
	readonly surveys: Readonly<Record<string, DecidingSurvey>>;
}

/** What decides whether one survey is asked. */
export interface DecidingSurvey {
	readonly version: number;
	/** Days before this survey is shown again in the same browser. */
	readonly askAgainDays: number;
	/** Days before this survey is shown after any other; absent: `USUAL_DAYS_AFTER_ANY`. */
	readonly askAfterAnyDays?: number;
	/** Percent of the occasions that are asked at; absent: all. */
	readonly sampling?: number;
}

/** All that the widget must know of its site. */
export interface WidgetSettings extends DecidingSettings {
	readonly surveys: Readonly<Record<string, SurveySettings>>;
	/** The languages this site offers, or the one that was asked for; the first is used where nothing else decides. */
	readonly locales: readonly [Locale, ...Locale[]];
	/** Language tags in small letters that ask for one of `locales` by another name; absent where there are none. */
	readonly tags?: Readonly<Record<string, Locale>>;
	/** Segment keys the owner declared; the widget leaves out any other. */
	readonly segments: readonly string[];
}

/** One survey as the widget asks it. */
export interface SurveySettings extends DecidingSurvey {
	/** The lowest and the highest score. */
	readonly scale: readonly [min: number, max: number];
	/** Pictures in place of numbers. */
	readonly display?: "stars" | "faces";
	/** Absent: inline, unless the page says otherwise. */
	readonly placement?: "corner";
	/** Custom properties of the theme, e.g. {"--afterword-accent": "#0a6"}. */
	readonly theme?: Readonly<Record<string, string>>;
}

/** The words of one language up to the tap, ready to show: the owner's own wording and the shop's name are filled in. */
export interface WidgetStrings {
	readonly direction: "ltr" | "rtl";
	/** By survey. */
	readonly question: Readonly<Record<string, string>>;
	/** By survey: what the lowest and the highest score mean; where they are pictures, what each score means. */
	readonly ends: Readonly<Record<string, readonly string[]>>;
	readonly dismiss: string;
	readonly saved: string;
	/** By survey: the owner's own in place of these. */
	readonly own?: Readonly<Record<string, { readonly dismiss?: string; readonly saved?: string }>>;
}

/** The words of one language for what comes after the tap, in a file of their own that is fetched once the question is seen. */
export interface FollowUpStrings {
	readonly reasons: string;
	/** By survey: its reason chips by id, in the owner's order; the widget shuffles them. */
	readonly drivers: Readonly<Record<string, Readonly<Record<string, string>>>>;
	readonly comment: string;
	readonly done: string;
	readonly thanks: string;
	readonly waiting: string;
	readonly refused: string;
	readonly answered: string;
	/** By survey, only those that share their score. */
	readonly shared: Readonly<Record<string, string>>;
	/** By survey, only those that have any: what is offered beside the thanks. */
	readonly offers?: Readonly<Record<string, readonly Offer[]>>;
	/** By survey: the owner's own in place of these. */
	readonly own?: Readonly<
		Record<string, Partial<Record<"reasons" | "comment" | "done" | "thanks" | "waiting" | "refused" | "answered", string>>>
	>;
}

/** The words of the languages that were sent along, by code. */
export type WidgetWords = Readonly<Record<string, WidgetStrings>>;

/** The same for what comes after the tap. */
export type FollowUpWords = Readonly<Record<string, FollowUpStrings>>;

/** What is offered beside the thanks to those whose score is the `from`th to the `to`th of the scale, counted from 0. */
export interface Offer {
	readonly from: number;
	readonly to: number;
	/** A link, and what it says. */
	readonly link?: readonly [url: string, label: string];
	/** That the shop gets in touch: the label of the field, the button, and what is said when it was asked for. */
	readonly call?: readonly [field: string, request: string, requested: string];
}
