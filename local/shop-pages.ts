import { basename } from "node:path";
import { escapeHtml } from "./escape-html.ts";
import { markdownToHtml } from "./markdown.ts";
import { PATHS } from "./paths.ts";
import { readShopGuides, type ShopGuide } from "./shop-guides.ts";

/** Folders that are shops to look at themselves, and pictures. */
const SHOWN = [PATHS.plainHtml, PATHS.markets].map((path) => basename(path));

/** The guides under `/demo/shops`: a list of them, and each on a page of its own. Gives null for what is neither. */
export async function shopPages({ url, method }: Request): Promise<Response | null> {
	const [, , room, name, ...more] = new URL(url).pathname.split("/");
	if (room !== "shops" || more.length > 0 || (method !== "GET" && method !== "HEAD")) return null;
	const guides = await readShopGuides(PATHS.examples, SHOWN);
	if (!name) return page("Shops", listOf(guides));
	const guide = guides.find((guide) => guide.name === name);
	return guide ? page(guide.title, guideOf(guide, guides)) : null;
}

function listOf(guides: readonly ShopGuide[]): string {
	const items = guides.map(
		({ name, title, summary }) =>
			`<li><a href="/demo/shops/${name}">${escapeHtml(title)}</a> ${markdownToHtml(summary, () => null).replace(/^<p>|<\/p>$/g, "")}</li>`,
	);
	return `<h1>The question in other people's shops</h1>
<p>What is pasted, installed or mailed, shop by shop: where it goes, what it sends, how to see that it works. The files lie in <code>examples/</code>, and each is run by a test.</p>
<ul class="shops">${items.join("\n")}</ul>`;
}

function guideOf({ name, readme }: ShopGuide, guides: readonly ShopGuide[]): string {
	/** Guides link to each other; a file is in the checkout, which a page cannot open. */
	const link = (address: string) => {
		if (/^https?:/.test(address)) return address;
		const other = guides.find((guide) => address.startsWith(`../${guide.name}`));
		return other ? `/demo/shops/${other.name}` : null;
	};
	return `<p class="back"><a href="/demo/shops">All shops</a></p>
<article>${markdownToHtml(readme, link)}</article>
<p class="where">From <code>examples/${name}/README.md</code></p>`;
}

function page(title: string, content: string): Response {
	const html = `<!doctype html>
<html lang="en">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<meta name="color-scheme" content="light dark">
	<title>${escapeHtml(title)} – Afterword</title>
	<link rel="icon" href="/demo/plain-html/mark.svg">
	<link rel="stylesheet" href="/demo/plain-html/shop.css">
	<style>${STYLE}</style>
</head>
<body>
	<header><a class="wordmark" href="/demo/"><img src="/demo/plain-html/mark.svg" alt="" width="32" height="32">Demo</a></header>
	<main class="guide">
${content}
	</main>
</body>
</html>
`;
	return new Response(html, { headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}

const STYLE = `
	.guide { min-inline-size: 0; padding-block-end: 4rem }
	.guide :is(h1, h2, p, ul, ol, pre, .wide) { max-inline-size: 46rem }
	.guide :is(p, ul, ol, pre, .wide) { margin: .875rem 0 0 }
	.guide :is(ul, ol) { padding-inline-start: 1.5rem }
	.guide h2 { margin: 2.5rem 0 0; font-size: 1.375rem }
	.guide li { margin-block: .5rem }
	.guide a { color: var(--glaze) }
	.guide code { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere }
	.guide pre { white-space: pre-wrap; padding: 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card) }
	.guide table code { overflow-wrap: normal }
	.guide .wide { overflow-x: auto }
	.guide table { border-collapse: collapse }
	.guide td { min-inline-size: 8rem }
	.guide :is(th, td) { padding: .5rem 1rem .5rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top }
	.guide :is(.back, .where) { color: var(--soft); font-size: .9375rem }
	.guide .back { margin-block-end: .5rem }
	.guide .where { margin-block-start: 3rem }
	.guide ul.shops { margin: 2rem 0 0; padding: 0; list-style: none }
	.guide ul.shops li { margin: 0; padding-block: 1rem; border-block-start: 1px solid var(--line) }
	.guide ul.shops a { display: block; color: inherit; font: 500 1.25rem / 1.4 var(--serif) }`;
