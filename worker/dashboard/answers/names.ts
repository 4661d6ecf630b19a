import type { DriverId } from "../../../shared/drivers.ts";
import { LOCALES } from "../../../shared/locales/index.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";

/** What the reasons of a site are called. */
export interface Names {
	/** A reason: the owner's label, or ours. One that no survey offers any more goes by its id. */
	driver(id: string): string;
	/** Every reason that the surveys offer, with its name. */
	readonly drivers: readonly (readonly [id: string, name: string])[];
}

/** The names that a site's surveys give, in the language of these pages where there is one. */
export function namesOf(surveys: readonly SurveyView[]): Names {
	const labels = new Map<string, string>();
	for (const { id, labels: own = {} } of surveys.flatMap((survey) => survey.drivers))
		if (!labels.has(id)) labels.set(id, own.en ?? Object.values(own)[0] ?? ourName(id));
	return { driver: (id) => labels.get(id) ?? ourName(id), drivers: [...labels] };
}

function ourName(id: string): string {
	return Object.hasOwn(LOCALES.en.drivers, id) ? LOCALES.en.drivers[id as DriverId] : id;
}
