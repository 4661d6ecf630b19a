import { LOCALES, type Locale } from "../shared/locales/index.ts";
import { METRICS } from "../shared/metrics.ts";
import type { Site, Survey } from "./site.ts";
import { questionWords } from "./widget-words.ts";

/** What a mail says of the order it is about: texts of the mail's own template language, such as `{{ order_number }}`. */
export interface MailOptions {
	readonly locale: Locale;
	readonly transaction?: string | undefined;
	readonly token?: string | undefined;
}

const FONT = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/**
 * The question as a table for an e-mail: one link a score, lowest at the reading start, to the survey's own page at `origin`. Tables,
 * attributes and inline styles only, for that is what mail programs show; no script, no form, no picture.
 */
export function emailSnippet(origin: string, site: Site, survey: Survey, { locale, transaction, token }: MailOptions) {
	const { direction } = LOCALES[locale];
	const { question, low, high } = questionWords(site, survey, locale);
	const { min, max } = METRICS[survey.metric];
	const scores = Array.from({ length: max - min + 1 }, (_, i) => min + i);
	const [start, end] = direction === "rtl" ? (["right", "left"] as const) : (["left", "right"] as const);
	const about = [
		["locale", locale],
		["transaction", transaction],
		["token", token],
	].flatMap(([name, value]) => (value ? [`&${name}=${value}`] : []));
	const address = (score: number) => `${origin}/s/${site.publicKey}/${survey.slug}?score=${score}${about.join("")}`;
	const nameOf = (score: number) => (score === min ? `${score}, ${low}` : score === max ? `${score}, ${high}` : `${score}`);
	const small = `padding:6px 0 0;font:13px/18px ${FONT};color:#5b646d;`;
	return (
		<table
			role="presentation"
			dir={direction}
			lang={locale}
			width="100%"
			cellpadding="0"
			cellspacing="0"
			border={0}
			style="max-width:560px;border-collapse:separate"
		>
			<tr>
				<td
					colspan={scores.length}
					align={start}
					style={`padding:0 0 12px;font:600 17px/24px ${FONT};color:#1c2024;text-align:${start}`}
				>
					{question}
				</td>
			</tr>
			<tr>
				{scores.map((score) => (
					<td width={`${Math.floor(100 / scores.length)}%`} align="center" style="padding:0 1px">
						<a
							href={address(score)}
							target="_blank"
							rel="noopener noreferrer"
							aria-label={nameOf(score)}
							style={`display:block;padding:11px 0;border:1px solid #8c959f;border-radius:6px;font:16px/20px ${FONT};color:#1c2024;text-align:center;text-decoration:none`}
						>
							{score}
						</a>
					</td>
				))}
			</tr>
			<tr>
				<td colspan={Math.floor(scores.length / 2)} align={start} style={`${small}text-align:${start}`}>
					{low}
				</td>
				<td colspan={Math.ceil(scores.length / 2)} align={end} style={`${small}text-align:${end}`}>
					{high}
				</td>
			</tr>
		</table>
	);
}
