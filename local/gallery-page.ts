import { escapeHtml } from "./escape-html.ts";
import { addressOf, type Cell, cellsOf, DIRECTIONS, namesOf, SCALES, STATES, THEMES, type View } from "./gallery-cells.ts";

/** The page of a view: a row for each state or scale, a column for each theme and direction, and links to the other views. */
export function galleryPage(view: View): string {
	const heading = view.scale ? SCALES[view.scale].title : view.state ? STATES[view.state].title : "Everything";
	const rows = view.scale
		? (view.state ? [view.state] : namesOf(STATES)).map((state) => rowOf(STATES[state].title, cellsOf({ ...view, state })))
		: namesOf(SCALES).map((scale) => rowOf(SCALES[scale].title, cellsOf({ ...view, scale })));
	return `<!doctype html>
<html lang="en">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<meta name="color-scheme" content="light dark">
	<title>${escapeHtml(heading)} – Gallery – Afterword</title>
	<link rel="icon" href="plain-html/mark.svg">
	<link rel="stylesheet" href="gallery/page.css">
</head>
<body>
	<header>
		<p><a href="./">Demo</a></p>
		<h1>Gallery: ${escapeHtml(heading)}</h1>
		<nav aria-label="Views">
			${linksOf("Scale", SCALES, view.scale, (scale) => ({ ...view, scale, state: null }))}
			${linksOf("State", STATES, view.state, (state) => ({ ...view, scale: null, state }))}
			${linksOf("Theme", THEMES, view.theme, (theme) => ({ ...view, theme }), "All")}
			${linksOf("Direction", DIRECTIONS, view.dir, (dir) => ({ ...view, dir }), "Both")}
		</nav>
	</header>
	<main tabindex="0" aria-label="Side by side">
${rows.join("\n")}
	</main>
</body>
</html>
`;
}

/** A group of links, the one to what is seen now marked; `all` is the name of the one that shows everything. */
function linksOf<Name extends string>(
	title: string,
	table: Readonly<Record<Name, { readonly title: string }>>,
	now: Name | null,
	viewOf: (name: Name | null) => View,
	all?: string,
): string {
	const names: (Name | null)[] = [...(all ? [null] : []), ...namesOf(table)];
	const links = names.map((name) => {
		const current = name === now ? ' aria-current="true"' : "";
		const label = name === null ? all : table[name].title;
		return `<li><a href="${escapeHtml(addressOf("gallery", viewOf(name)))}"${current}>${escapeHtml(label ?? "")}</a></li>`;
	});
	const id = title.toLowerCase();
	return `<p id="${id}">${title}</p><ul aria-labelledby="${id}">${links.join("")}</ul>`;
}

function rowOf(title: string, cells: readonly Cell[]): string {
	return `		<section>
			<h2>${escapeHtml(title)}</h2>
			<div>
${cells.map(figureOf).join("\n")}
			</div>
		</section>`;
}

function figureOf(cell: Cell): string {
	const column = `${THEMES[cell.theme].title}, ${DIRECTIONS[cell.dir].title.toLowerCase()}`;
	const title = `${SCALES[cell.scale].title}, ${STATES[cell.state].title}, ${column}`;
	const address = escapeHtml(addressOf("gallery/frame", cell));
	return `				<figure class="${cell.theme}">
					<figcaption>${escapeHtml(column)}</figcaption>
					<iframe src="${address}" title="${escapeHtml(title)}" loading="lazy"></iframe>
				</figure>`;
}
