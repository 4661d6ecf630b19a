import type { DriverId } from "../../../shared/drivers.ts";
import { LOCALES } from "../../../shared/locales/index.ts";
import type { ResponseView } from "../../../shared/response-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import * as words from "./words.ts";

/** What the reasons and segments of a site are called. */
export interface Names {
	/** A reason: the owner's label, or ours. One that no survey offers any more goes by its id. */
	driver(id: string): string;
	/** Every reason that the surveys offer, with its name. */
	readonly drivers: readonly (readonly [id: string, name: string])[];
	/** A value of a segment: built in, or as the owner declared it. */
	value(key: string, value: string): string;
	/** A segment with its value, as a tag. */
	segment(key: string, value: string): string;
}

/** The names that a site's surveys give, in the language of these pages where there is one. */
export function namesOf(surveys: readonly SurveyView[]): Names {
	const labels = new Map<string, string>();
	for (const { id, labels: own = {} } of surveys.flatMap((survey) => survey.drivers))
		if (!labels.has(id)) labels.set(id, own.en ?? Object.values(own)[0] ?? ourName(id));
	const value = (key: string, value: string) => BUILT_IN[key]?.(value) ?? value;
	return {
		driver: (id) => labels.get(id) ?? ourName(id),
		drivers: [...labels],
		value,
		segment: (key, held) => (BUILT_IN[key] ? value(key, held) : `${key}: ${held}`),
	};
}

/** The segments of an answer as tags: where and on what it was given, in which language, then the owner's own. */
export function segmentTags({ segments }: ResponseView, names: Names): string[] {
	const builtIn = ["channel", "device", "locale"].filter((key) => segments[key] !== undefined);
	const declared = Object.keys(segments).filter((key) => !builtIn.includes(key));
	return [...builtIn, ...declared].map((key) => names.segment(key, segments[key] ?? ""));
}

/** What a language is called. */
export function languageName(locale: string): string {
	return languages.of(locale) ?? locale;
}

const languages = new Intl.DisplayNames("en", { type: "language" });

const BUILT_IN: Readonly<Record<string, (value: string) => string>> = {
	channel: (value) => words.channels[value] ?? value,
	device: (value) => words.devices[value] ?? value,
	delay: (value) => words.delays[value] ?? value,
	locale: languageName,
};

function ourName(id: string): string {
	return Object.hasOwn(LOCALES.en.drivers, id) ? LOCALES.en.drivers[id as DriverId] : id;
}
