import type { DigestEventData } from "../../shared/digest-contract.ts";
import { digestWords as words } from "./digest-words.ts";
import { shortened } from "./plain-text.ts";
import { NOTIFICATION_CHARS, opens, quoted, SECTION_CHARS, section, slackText } from "./slack-message.ts";
import { type ToldSurvey, toldDigest } from "./told-digest.ts";

/** What Slack is sent of a digest: the line for the shop, a section for each survey, what was said, and how it was followed up. */
export function slackDigest(data: DigestEventData) {
	const { headline, lead, surveys, cases, comments, method, url } = toldDigest(data);
	const [only] = surveys;
	const line = lead ?? only?.sentence ?? "";
	return {
		text: slackText(`${headline}. ${line}`, NOTIFICATION_CHARS),
		blocks: [
			section(`*${slackText(headline, 500)}*${lead === null ? "" : `\n${slackText(lead, SECTION_CHARS - 600)}`}`),
			...surveys.map((survey) => section(ofSurvey(survey))),
			...(cases === null ? [] : [section(`*${words.cases}*\n${slackText(cases, 500)}`)]),
			...comments.map(({ about, text }) => section(`*${slackText(about, 200)}*\n${quoted(shortened(text, COMMENT_CHARS))}`)),
			{ type: "context", elements: [{ type: "mrkdwn", text: slackText(method, 500), verbatim: true }] },
			...(url === null ? [] : [section(opens(url, words.link))]),
		],
		unfurl_links: false,
	};
}

/** Characters of one comment. */
const COMMENT_CHARS = 500;

/** Characters of one line of a survey. */
const LINE = 600;

function ofSurvey({ name, figure, sureness, sentence, facts }: ToldSurvey): string {
	return [
		`*${slackText(name, 100)}  ${figure}*  ${sureness}`,
		slackText(sentence, LINE),
		...facts.map(([fact, value]) => `• ${fact}: ${slackText(value, LINE - 200)}`),
	].join("\n");
}
