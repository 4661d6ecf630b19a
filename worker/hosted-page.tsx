import type { PropsWithChildren } from "hono/jsx";
import { LOCALES, type Locale } from "../shared/locales/index.ts";
import type { Survey } from "./site.ts";
import type { OpenSite } from "./site-cache.ts";
import { pageWord } from "./widget-words.ts";

/** What the address of a survey's own page says. */
export interface Visit {
	readonly locale: Locale;
	/** The score of the link that was followed in an e-mail. */
	readonly score?: number | undefined;
	readonly transaction?: string | undefined;
	readonly token?: string | undefined;
}

/**
 * A survey's own page, for links, QR codes and e-mails: the shop's name and the widget. Where there is nothing to ask, and in a browser
 * without scripts, it says so.
 */
export function hostedPage(open: OpenSite, survey: Survey, { locale, score, transaction, token }: Visit) {
	const { site } = open;
	const { direction } = LOCALES[locale];
	const script = `/s/${site.publicKey}/${survey.slug}.js?lang=${locale}${score === undefined ? "" : `&score=${score}`}`;
	return (
		<html lang={locale} dir={direction}>
			<Head title={site.name}>
				<script
					async
					src={script}
					data-element="#question"
					data-transaction={transaction}
					data-token={token}
					data-channel={score === undefined ? "hosted" : "email"}
				/>
			</Head>
			<body>
				<main>
					<h1>
						<bdi>{site.name}</bdi>
					</h1>
					<div id="question" />
					<noscript>
						<p class="note">{pageWord(site, survey, locale, "script")}</p>
					</noscript>
					<p class="note closed">{pageWord(site, survey, locale, "closed")}</p>
				</main>
			</body>
		</html>
	);
}

/** What stands where a link leads to no survey, or to one that is not asked any more. */
export function closedPage(locale: Locale, closed: string) {
	const { direction } = LOCALES[locale];
	return (
		<html lang={locale} dir={direction}>
			<Head title={closed} />
			<body>
				<main>
					<p class="note">{closed}</p>
				</main>
			</body>
		</html>
	);
}

function Head({ title, children }: PropsWithChildren<{ title: string }>) {
	return (
		<head>
			<meta charset="utf-8" />
			<meta name="viewport" content="width=device-width, initial-scale=1" />
			<meta name="color-scheme" content="light dark" />
			<meta name="robots" content="noindex" />
			<title>{title}</title>
			<link rel="stylesheet" href="/s/page.css" />
			{children}
		</head>
	);
}
