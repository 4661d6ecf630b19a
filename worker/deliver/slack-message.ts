import type { Event } from "../../shared/event-contract.ts";
import { plainLine, shortened } from "./plain-text.ts";
import { told } from "./told.ts";

/** Characters that a section's text, a field's text and the text of the notification may have. */
export const SECTION_CHARS = 3_000;
const FIELD_CHARS = 2_000;
export const NOTIFICATION_CHARS = 1_000;

/** Fields of one section. */
const FIELDS = 10;

const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text as Slack's mrkdwn, so that nothing in it is an instruction such as `<!channel>`; cut to `most` characters, no entity split. */
export function slackText(text: string, most: number): string {
	let escaped = "";
	for (const character of text) {
		const next = ESCAPED[character] ?? character;
		if (escaped.length + next.length > most - 1) return `${escaped}…`;
		escaped += next;
	}
	return escaped;
}

/** What Slack is sent of an event: blocks, and a text for notifications. */
export function slackMessage(event: Event) {
	const { headline, facts, comment, url } = told(event);
	const fields = facts
		.slice(0, FIELDS)
		.map(([name, value]) => mrkdwn(`*${slackText(name, 100)}*\n${slackText(value, FIELD_CHARS - 200)}`));
	return {
		text: slackText(comment ? `${headline}: ${shortened(plainLine(comment), 300)}` : headline, NOTIFICATION_CHARS),
		blocks: [
			section(`*${slackText(headline, 500)}*`),
			...(fields.length ? [{ type: "section", fields }] : []),
			...(comment ? [section(quoted(comment))] : []),
			...(url ? [section(opens(url, "Open it in Afterword"))] : []),
		],
		unfurl_links: false,
	};
}

/** `verbatim`: Slack makes no links or mentions of what merely looks like one. */
const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true });

/** A part of a message, its text in mrkdwn. */
export const section = (text: string) => ({ type: "section", text: mrkdwn(text) });

/** A comment as a quotation of as many lines as a section holds. */
export function quoted(comment: string): string {
	let quotation = "";
	for (const line of comment.split("\n")) {
		const room = SECTION_CHARS - quotation.length - "\n>\n>…".length;
		if (room < 100) return `${quotation}\n>…`;
		quotation += `${quotation ? "\n" : ""}>${slackText(line, room)}`;
	}
	return quotation;
}

/** A link of ours. */
export const opens = (url: string, text: string) => `<${linkTarget(url)}|${text}>`;

/** An address that cannot end the link it stands in. */
const linkTarget = (url: string) => url.replace(/[<>|\s]/g, encodeURIComponent).replaceAll("&", "&amp;");
