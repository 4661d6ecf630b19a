import { DRIVER_IDS } from "../../shared/drivers.ts";
import { LOCALES } from "../../shared/locales/index.ts";
import type { Survey } from "../site.ts";

/**
 * The reasons of a survey that a text names, by their ids or by their words in any language, and whether it names anything else. What
 * separates them may stand in their words too, so that the widest separators are tried first.
 */
export function driversNamed(text: string, survey: Survey): readonly [drivers: readonly string[], unknown: boolean] {
	if (text === "") return [[], false];
	const names = namesOf(survey);
	const found = new Set<string>();
	let unknown = false;
	for (const part of text.split(/[,;|\n]/)) {
		const name = part.trim().toLowerCase();
		if (name === "") continue;
		const whole = names.get(name);
		const each = whole ? [whole] : name.split(/\s+/).map((word) => names.get(word));
		for (const driver of each) {
			if (driver) found.add(driver);
			else unknown = true;
		}
	}
	return [[...found], unknown];
}

const known = new WeakMap<Survey, ReadonlyMap<string, string>>();

/** The ids of a survey's reasons by all that they are called, in small letters. */
function namesOf(survey: Survey): ReadonlyMap<string, string> {
	const kept = known.get(survey);
	if (kept) return kept;
	const names = new Map<string, string>();
	for (const { id, labels = {} } of survey.drivers) {
		const ours = DRIVER_IDS.find((each) => each === id);
		if (ours) for (const { drivers } of Object.values(LOCALES)) names.set(drivers[ours].toLowerCase(), id);
		for (const label of Object.values(labels)) names.set(label.toLowerCase(), id);
	}
	for (const { id } of survey.drivers) names.set(id, id);
	known.set(survey, names);
	return names;
}
