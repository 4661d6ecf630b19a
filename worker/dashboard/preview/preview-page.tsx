import { LOCALES, type Locale } from "../../../shared/locales/index.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { Fault } from "../../api-error.ts";
import type { Site } from "../../site.ts";
import { Faults } from "../field.tsx";
import { languageName } from "../language-name.ts";
import { controlOf } from "../settings/survey-draft.ts";
import { SurveyForm } from "../settings/survey-form.tsx";
import { WORDS } from "./words.ts";

interface Look {
	readonly site: Site;
	/** What the address asks for: what a form has in it. */
	readonly form: URLSearchParams;
	readonly slug: string;
	readonly locale: Locale;
	readonly faults: readonly Fault[];
	/** Whose form it is; none where there is no such survey. */
	readonly survey?: SurveyView;
	/** The widget's address; none where there is something wrong. */
	readonly source?: string;
}

/** The page within the frame: the languages of the site to choose from, and the question as on a page of the shop's. */
export async function previewPage({ site, form, slug, locale, faults: found, survey, source }: Look): Promise<string> {
	const { direction } = LOCALES[locale];
	const inLanguage = (code: Locale) => {
		const query = new URLSearchParams(form);
		query.set("survey", slug);
		query.set("locale", code);
		return `/app/preview?${query}`;
	};
	const languages = [...new Set([...site.locales, locale])];
	const faults = found.map(({ field, detail }) => ({ field: controlOf(form, field), detail }));
	// The form stands beside the frame and not in it: it is drawn for the labels that its faults are called by.
	if (survey && faults.length > 0) String(<SurveyForm survey={survey} locale={locale} form={form} faults={faults} />);
	const html = (
		<html lang={locale} dir={direction} class="preview">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>{WORDS.title}</title>
				<link rel="icon" href="data:," />
				<link rel="stylesheet" href="/app/app.css" />
				<link rel="stylesheet" href="/app/settings.css" />
				{source ? <script async src={source} data-survey={slug} data-locale={locale} data-element="#question" /> : null}
			</head>
			<body>
				{languages.length > 1 ? (
					<nav aria-label={WORDS.languages} lang="en" dir="ltr">
						<ul class="choice">
							{languages.map((code) => (
								<li>
									<a href={inLanguage(code)} lang={code} hreflang={code} aria-current={code === locale ? "true" : undefined}>
										{languageName(code)}
									</a>
								</li>
							))}
						</ul>
					</nav>
				) : null}
				<main>
					<div lang="en" dir="ltr">
						<Faults faults={faults} />
						<noscript>
							<p class="notice">{WORDS.script}</p>
						</noscript>
					</div>
					<div id="question" />
				</main>
			</body>
		</html>
	);
	return `<!doctype html>${await html.toString()}`;
}
