import { readFile } from "node:fs/promises";
import { cellsOf, viewIn } from "./gallery-cells.ts";
import { galleryFrame } from "./gallery-frame.ts";
import { galleryPage } from "./gallery-page.ts";

/** The files of the gallery, by their addresses. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
	"/demo/gallery/page.css": ["gallery-page.css", "text/css"],
	"/demo/gallery/frame.css": ["gallery-frame.css", "text/css"],
	"/demo/gallery/drive.js": ["gallery-drive.js", "text/javascript"],
};

/**
 * The gallery under `/demo/gallery`: the real widget in every state, each in a frame of its own, for there is one question a page.
 * Gives null for what is no page of the gallery.
 */
export function galleryPages(site: { publicKey: string }): (request: Request) => Promise<Response | null> {
	return async ({ url, method }) => {
		const { pathname, origin, searchParams } = new URL(url);
		if (method !== "GET" && method !== "HEAD") return null;
		const [file, type] = FILES[pathname] ?? [];
		if (file && type) return reply(await readFile(new URL(file, import.meta.url), "utf8"), type);
		const view = viewIn(searchParams);
		if (pathname === "/demo/gallery") return reply(galleryPage(view.scale || view.state ? view : { ...view, scale: "csat" }));
		const [cell, ...more] = cellsOf(view);
		if (pathname !== "/demo/gallery/frame" || !cell || more.length > 0) return null;
		return reply(galleryFrame(cell, `${origin}/w/${site.publicKey}.js`));
	};
}

function reply(content: string, type = "text/html"): Response {
	return new Response(content, { headers: { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" } });
}
