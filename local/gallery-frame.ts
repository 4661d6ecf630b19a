import { valuesOf } from "../shared/metrics.ts";
import { escapeHtml } from "./escape-html.ts";
import { type Cell, DIRECTIONS, SCALES, STATES } from "./gallery-cells.ts";
import { replyOf } from "./gallery-reply.ts";

/** A page with one survey that goes by itself into the state of its cell. `tag` is the address of the site's script. */
export function galleryFrame({ scale, state, theme, dir }: Cell, tag: string): string {
	const { lang, heading, comment } = DIRECTIONS[dir];
	const { score, shared } = SCALES[scale];
	const { steps, ending, placement } = STATES[state];
	const played = {
		steps: steps.join(" "),
		place: String(valuesOf(shared.metric).indexOf(score)),
		comment,
		reply: JSON.stringify(replyOf(ending, scale)),
	};
	const attributes = Object.entries(played).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
	return `<!doctype html>
<html lang="${lang}" dir="${dir}" class="frame ${theme} ${placement}">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<title>${escapeHtml(heading)}</title>
	<link rel="icon" href="../plain-html/mark.svg">
	<link rel="stylesheet" href="frame.css">
</head>
<body>
	<main>
		<h1>${escapeHtml(heading)}</h1>
		<script src="drive.js"${attributes.join("")}></script>
		<script async src="${escapeHtml(tag)}?lang=${lang}" data-survey="${scale}" data-placement="${placement}"></script>
	</main>
</body>
</html>
`;
}
