import type { DigestEventData } from "../../shared/digest-contract.ts";
import { digestWords as words } from "./digest-words.ts";
import { SUBJECT_CHARS } from "./email-message.tsx";
import { directionOf, plainLine, shortened } from "./plain-text.ts";
import { type ToldDigest, type ToldSurvey, toldDigest } from "./told-digest.ts";

/** A mail of a digest: a subject of one line, and the same in plain text and in HTML. */
export function emailDigest(data: DigestEventData): { readonly subject: string; readonly text: string; readonly html: string } {
	const told = toldDigest(data);
	return {
		subject: shortened(plainLine(told.headline), SUBJECT_CHARS),
		text: plain(told),
		html: `<!doctype html>${html(told)}`,
	};
}

function plain({ headline, lead, surveys, cases, comments, method, url }: ToldDigest): string {
	return [
		headline,
		...(lead === null ? [] : ["", lead]),
		...surveys.flatMap(({ name, figure, sureness, sentence, facts }) => [
			"",
			`${name}: ${figure} (${sureness})`,
			sentence,
			...facts.map(([fact, value]) => `  ${fact}: ${value}`),
		]),
		...(cases === null ? [] : ["", `${words.cases}: ${cases}`]),
		...comments.flatMap(({ about, text }) => ["", about, ...text.split("\n").map((line) => `> ${line}`)]),
		"",
		method,
		...(url === null ? [] : ["", url]),
		"",
	].join("\n");
}

const FONT = "font:15px/22px -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const QUIET = "color:#5b646d";
const SMALL = "font-size:13px;line-height:19px";
const HEADING = "margin:0 0 4px;font-size:15px;line-height:22px;font-weight:600";

/** Elements and inline styles that mail programs show: one column that a phone holds, no wider than one reads well. */
function html({ headline, lead, surveys, cases, comments, method, url }: ToldDigest) {
	return (
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width" />
				<title>{headline}</title>
			</head>
			<body style={`margin:0;padding:24px 16px;${FONT};color:#1a1d21`}>
				<div style="max-width:560px;margin:0 auto">
					<h1 style="margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600">{headline}</h1>
					{lead === null ? null : <p style="margin:0 0 8px">{lead}</p>}
					{surveys.map((survey) => (
						<Survey survey={survey} />
					))}
					{cases === null ? null : (
						<div style={PART}>
							<h2 style={HEADING}>{words.cases}</h2>
							<p style="margin:0">{cases}</p>
						</div>
					)}
					{comments.length === 0 ? null : (
						<div style={PART}>
							<h2 style={HEADING}>{words.comments}</h2>
							{comments.map((comment) => (
								<Comment {...comment} />
							))}
						</div>
					)}
					<div style={PART}>
						{url === null ? null : (
							<p style="margin:0 0 12px">
								<a href={url}>{words.link}</a>
							</p>
						)}
						<p style={`margin:0;${SMALL};${QUIET}`}>{method}</p>
					</div>
				</div>
			</body>
		</html>
	);
}

const PART = "margin:16px 0 0;padding:16px 0 0;border-top:1px solid #dde1e4";

function Survey({ survey: { name, figure, sureness, sentence, facts } }: { readonly survey: ToldSurvey }) {
	return (
		<div style={PART}>
			<h2 style={HEADING}>{name}</h2>
			<p style="margin:0 0 4px">
				<strong style="font-size:28px;line-height:34px;font-weight:600">{figure}</strong>{" "}
				<span style={`${SMALL};${QUIET}`}>{sureness}</span>
			</p>
			<p style="margin:0 0 8px">{sentence}</p>
			<table role="presentation" cellpadding="0" cellspacing="0" style={`${FONT};${SMALL}`}>
				{facts.map(([fact, value]) => (
					<tr>
						<td width="64" style={`padding:1px 12px 1px 0;vertical-align:top;white-space:nowrap;${QUIET}`}>
							{fact}
						</td>
						<td style="padding:1px 0;vertical-align:top">{value}</td>
					</tr>
				))}
			</table>
		</div>
	);
}

/** A comment has its own direction, said outright: not all mail programs know `auto`. */
function Comment({ about, text }: ToldDigest["comments"][number]) {
	const direction = directionOf(text);
	return (
		<>
			<p style={`margin:8px 0 2px;${SMALL};${QUIET}`}>{about}</p>
			<blockquote
				dir={direction}
				style={`margin:0;padding:0 12px;border-${direction === "rtl" ? "right" : "left"}:3px solid #c4c9ce;white-space:pre-wrap`}
			>
				{text}
			</blockquote>
		</>
	);
}
