import { LOCALES, type Locale } from "../../shared/locales/index.ts";
import type { Strings } from "../../shared/locales/strings.ts";
import type { SurveyView } from "../../shared/survey-contract.ts";

const SHORT = { nps: "NPS", csat: "CSAT", ces: "CES" } as const;

/** What a survey is called in a line: its metric where it is named after it, else its own name. */
export function surveyName({ slug, metric }: Pick<SurveyView, "slug" | "metric">): string {
	return slug === metric ? SHORT[metric] : slug;
}

/** What a reason is called: in the owner's words in the site's language, else in ours in English, else by its id. */
export function driverName({ drivers }: Pick<SurveyView, "drivers">, locale: Locale, id: string): string {
	const labels = drivers.find((driver) => driver.id === id)?.labels ?? {};
	const ours: Strings["drivers"] = LOCALES.en.drivers;
	return (
		labels[locale] ?? labels.en ?? Object.values(labels)[0] ?? (Object.hasOwn(ours, id) ? ours[id as keyof typeof ours] : id)
	);
}
