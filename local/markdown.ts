import { escapeHtml } from "./escape-html.ts";

/**
 * The Markdown of this project's READMEs as HTML: headings, paragraphs, lists, tables, code, links, emphasis; a heading of level 1
 * is one of level `top`. HTML in it is shown as it is written. `link` gives the address for one that stands there; null leaves the text.
 */
export function markdownToHtml(markdown: string, link: (address: string) => string | null, top = 1): string {
	const html: string[] = [];
	const lines = markdown.split("\n");
	const textOf = (text: string) => inline(text, link);
	/** Takes the lines that belong together, from the one that begins them. */
	const take = (belongs: (line: string) => boolean) => {
		const taken: string[] = [];
		while (lines[0] !== undefined && belongs(lines[0])) taken.push(lines.shift() ?? "");
		return taken;
	};
	while (lines.length > 0) {
		const line = lines[0] ?? "";
		const [, marks = "", title = ""] = /^(#{1,6}) (.*)/.exec(line) ?? [];
		const fence = /^( *)```/.exec(line);
		const [item] = /^(?:\* |\d+\. )/.exec(line) ?? [];
		if (marks) {
			lines.shift();
			const level = Math.min(marks.length + top - 1, 6);
			html.push(`<h${level}>${textOf(title)}</h${level}>`);
		} else if (fence) {
			lines.shift();
			const code = take((line) => !/^ *```/.test(line)).join("\n");
			lines.shift();
			html.push(`<pre translate="no"><code>${escapeHtml(code)}</code></pre>`);
		} else if (item) {
			const items = take((line) => /^(?:\* |\d+\. |\s+\S)/.test(line)).join("\n");
			const [name, begin] = item === "* " ? ["ul", "ul"] : ["ol", `ol start="${Number.parseInt(item, 10)}"`];
			const texts = items.split(/^(?:\* |\d+\. )/m).slice(1);
			html.push(`<${begin}>${texts.map((text) => `<li>${textOf(text)}</li>`).join("")}</${name}>`);
		} else if (line.startsWith("|"))
			html.push(
				tableOf(
					take((line) => line.startsWith("|")),
					textOf,
				),
			);
		else if (line.trim() === "") lines.shift();
		else html.push(`<p>${textOf(take((line) => line.trim() !== "" && !/^(?:#|\||\* |\d+\. | *```)/.test(line)).join("\n"))}</p>`);
	}
	return html.join("\n");
}

/** A table; a first row of empty cells is no heading. */
function tableOf(rows: readonly string[], textOf: (text: string) => string): string {
	const cells = rows.map((row) => row.replace(/^\||\|\s*$/g, "").split(/(?<!\\)\|/));
	const [head = [], , ...body] = cells.map((row) => row.map((cell) => textOf(cell.trim().replaceAll("\\|", "|"))));
	// A heading that says nothing is none.
	const line = (row: readonly string[], name: "th" | "td") =>
		`<tr>${row.map((cell) => (cell ? `<${name}>${cell}</${name}>` : "<td></td>")).join("")}</tr>`;
	const heading = head.some(Boolean) ? `<thead>${line(head, "th")}</thead>` : "";
	return `<div class="wide" tabindex="0"><table>${heading}<tbody>${body.map((row) => line(row, "td")).join("")}</tbody></table></div>`;
}

/** Code, links, strong and emphasized text within a line. What stands in code is nothing else. */
function inline(text: string, link: (address: string) => string | null): string {
	return text
		.split(/(`[^`]+`)/)
		.map((part) => {
			if (/^`.+`$/s.test(part)) return `<code translate="no">${escapeHtml(part.slice(1, -1))}</code>`;
			return escapeHtml(part)
				.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, words, address) => {
					const to = link(address);
					return to === null ? words : `<a href="${to}">${words}</a>`;
				})
				.replace(/&#60;(https?:[^\s&]+)&#62;/g, '<a href="$1">$1</a>')
				.replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
				.replace(/(?<![\w*])\*([^*\s][^*]*)\*(?!\w)/g, "<em>$1</em>");
		})
		.join("");
}
