import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { markdownToHtml } from "../../local/markdown.ts";
import { PATHS } from "../../local/paths.ts";
import { shopPages } from "../../local/shop-pages.ts";

const open = async (path: string, method = "GET") => shopPages(new Request(`http://localhost${path}`, { method }));
const textOf = async (path: string) => (await open(path))?.text() ?? "";

/** The folders of `examples/` that have a README, but for the shops that are there to look at themselves. */
async function folders(): Promise<string[]> {
	const all = await readdir(PATHS.examples);
	return all.filter((name) => existsSync(join(PATHS.examples, name, "README.md")) && !["plain-html", "markets"].includes(name));
}

test("every folder of the examples that says what it is for is listed by its title, and has a page", async () => {
	const list = await textOf("/demo/shops");
	const names = await folders();
	expect(names).toEqual(
		expect.arrayContaining(["shopify", "bigcommerce", "ecwid", "google-tag-manager", "react", "next", "emails"]),
	);
	for (const name of names) {
		const [title = ""] = /(?<=^# ).+/.exec(await readFile(join(PATHS.examples, name, "README.md"), "utf8")) ?? [];
		expect(list).toContain(`<a href="/demo/shops/${name}">${title.replace("Afterword for ", "")}</a>`);
		const page = await textOf(`/demo/shops/${name}`);
		expect(page).toContain(`<h1>${title}</h1>`);
		const shown = page.replace(/<(style|pre|code)\b[\s\S]*?<\/\1>/g, "");
		expect([name, /\*\*|```|^#|^\||\]\(/m.exec(shown)]).toEqual([name, null]);
	}
});

test("guides link to each other's pages, and every link of theirs leads somewhere", async () => {
	for (const name of await folders())
		for (const [, path = ""] of (await textOf(`/demo/shops/${name}`)).matchAll(/href="(\/demo\/shops[^"]*)"/g))
			expect([name, path, (await open(path))?.status]).toEqual([name, path, 200]);
	expect(await textOf("/demo/shops/shopify")).toContain('<a href="/demo/shops/signing">');
});

test("what is no guide is left to others", async () => {
	for (const path of [
		"/demo/shops/plain-html",
		"/demo/shops/nothing",
		"/demo/shops/..%2f..",
		"/demo/shops/a/b",
		"/demo/",
		"/demo/gallery",
	])
		expect([path, await open(path)]).toEqual([path, null]);
	expect(await open("/demo/shops", "POST")).toBe(null);
});

test("Markdown becomes the elements it stands for, and HTML in it stays text", () => {
	const link = (address: string) => (address.startsWith("https:") ? address : null);
	const html = (markdown: string) => markdownToHtml(markdown, link);
	expect(html("# A *b* **c** `d<e`")).toBe('<h1>A <em>b</em> <strong>c</strong> <code translate="no">d&#60;e</code></h1>');
	expect(html("a\nb\n\n<script>c</script>")).toBe("<p>a\nb</p>\n<p>&#60;script&#62;c&#60;/script&#62;</p>");
	expect(html("* a\n  b\n* [c](https://c.example) [d](d.md)")).toBe(
		'<ul><li>a\n  b\n</li><li><a href="https://c.example">c</a> d</li></ul>',
	);
	expect(html("3. a\n4. b")).toBe('<ol start="3"><li>a\n</li><li>b</li></ol>');
	expect(html("```sh\n# <a> **b**\n```\nc")).toBe('<pre translate="no"><code># &#60;a&#62; **b**</code></pre>\n<p>c</p>');
	expect(html("| a | b |\n|---|---|\n| `c\\|d` | e |")).toBe(
		'<div class="wide" tabindex="0"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code translate="no">c|d</code></td><td>e</td></tr></tbody></table></div>',
	);
	expect(html("| | |\n|---|---|\n| a | b |")).not.toContain("<thead>");
	expect(html('[a](https://x.example/"onclick=b)')).not.toContain('"onclick');
});
