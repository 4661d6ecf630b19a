import { LOCALES, type Locale } from "../shared/locales/index.ts";
import { METRICS } from "../shared/metrics.ts";
import type { Question, QuestionsReply } from "../shared/question-contract.ts";
import { daysAfterAny } from "./days-after-any.ts";
import type { OpenSite } from "./site-cache.ts";
import { followUpWords, widgetWords } from "./widget-words.ts";

/** What a site asks, in one language, as data: the same words as the widget's, for those who draw the question themselves. */
export function questionsOf(open: OpenSite, locale: Locale): QuestionsReply {
	const { site, surveys } = open;
	const before = widgetWords(open, [locale])[locale];
	const after = followUpWords(open, [locale])[locale];
	const asked = surveys
		.filter(({ active }) => active)
		.map((survey): [string, Question] => {
			const { slug, version, metric, display, sampling, askAgainDays } = survey;
			const said = { ...LOCALES[locale], ...before?.own?.[slug], ...after?.own?.[slug] };
			const { dismiss, saved, reasons, comment, done, thanks, waiting, refused, answered } = said;
			const { min, max } = METRICS[metric];
			return [
				slug,
				{
					version,
					metric,
					scale: [min, max],
					display,
					sampling,
					ask_again_days: askAgainDays,
					ask_after_any_days: daysAfterAny(survey),
					question: before?.question[slug] ?? "",
					ends: [...(before?.ends[slug] ?? [])],
					drivers: Object.entries(after?.drivers[slug] ?? {}).map(([id, label]) => ({ id, label })),
					words: { dismiss, saved, reasons, comment, done, thanks, waiting, refused, answered },
				},
			];
		});
	return {
		site: site.publicKey,
		locale,
		direction: LOCALES[locale].direction,
		survey: site.defaultSurvey,
		surveys: Object.fromEntries(asked),
	};
}
