import type { Event } from "../../shared/event-contract.ts";
import { directionOf, plainLine, shortened } from "./plain-text.ts";
import { type Told, told } from "./told.ts";

/** Characters of a subject. */
export const SUBJECT_CHARS = 150;

/** A mail about an event: a subject of one line, and the same in plain text and in HTML. */
export function emailMessage(event: Event): { readonly subject: string; readonly text: string; readonly html: string } {
	const words = told(event);
	return {
		subject: shortened(plainLine(words.headline), SUBJECT_CHARS),
		text: plain(words),
		html: `<!doctype html>${html(words)}`,
	};
}

function plain({ headline, facts, comment, url }: Told): string {
	return [
		headline,
		...(comment ? ["", ...comment.split("\n").map((line) => `> ${line}`)] : []),
		...(facts.length ? ["", ...facts.map(([name, value]) => `${name}: ${value}`)] : []),
		...(url ? ["", url] : []),
		"",
	].join("\n");
}

const FONT = "font:15px/22px -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Elements and inline styles that mail programs show. A comment has its own direction, said outright: not all know `auto`. */
function html({ headline, facts, comment, url }: Told) {
	return (
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<title>{headline}</title>
			</head>
			<body style={`margin:0;padding:24px;${FONT};color:#1a1d21`}>
				<p style="margin:0 0 16px;font-weight:600">{headline}</p>
				{comment ? (
					<blockquote
						dir={directionOf(comment)}
						style={`margin:0 0 16px;padding:0 12px;border-${directionOf(comment) === "rtl" ? "right" : "left"}:3px solid #c4c9ce;white-space:pre-wrap`}
					>
						{comment}
					</blockquote>
				) : null}
				<table role="presentation" cellpadding="0" cellspacing="0" style={FONT}>
					{facts.map(([name, value]) => (
						<tr>
							<td style="padding:2px 16px 2px 0;color:#5b646d">{name}</td>
							<td dir={directionOf(value)}>{value}</td>
						</tr>
					))}
				</table>
				{url ? (
					<p style="margin:16px 0 0">
						<a href={url}>Open it in Afterword</a>
					</p>
				) : null}
			</body>
		</html>
	);
}
