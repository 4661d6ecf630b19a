import { readFile } from "node:fs/promises";
import { basename, extname, resolve, sep } from "node:path";
import { DEMO_LIST } from "./demo-list.ts";
import { escapeHtml } from "./escape-html.ts";
import { PATHS } from "./paths.ts";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
};

/** What the tag's placeholders stand for on one page view. */
interface Values {
	readonly collector: string;
	readonly public_key: string;
	readonly order: string;
}

/**
 * The demo shops under `/demo/`: a list of their pages, and the files of `folder` and of `others`, each under the folder's own
 * name, with the placeholders of the tag filled in, as a shop's template engine would. An order keeps its number through
 * `?order=`; without one every view is a new order. `now` gives Unix milliseconds.
 */
export function demoShop(
	folder: string,
	site: { publicKey: string },
	now: () => number,
	others: readonly string[] = [PATHS.markets],
): (request: Request) => Promise<Response> {
	const roots = new Map([folder, ...others].map((shop) => [basename(shop), resolve(shop) + sep]));
	return async (request) => {
		const { pathname, origin, searchParams } = new URL(request.url);
		if (request.method !== "GET" && request.method !== "HEAD") return text(405, "Method not allowed", { allow: "GET, HEAD" });
		const [, , shop = "", ...path] = pathname.split("/");
		const root = roots.get(shop);
		if (pathname === "/demo" || (root && path.length === 0)) return text(308, "", { location: `${pathname}/` });
		const order = orderIn(searchParams) ?? freshOrder(now());
		const values = { collector: origin, public_key: site.publicKey, order };
		if (pathname === "/demo/") return page(".html", fill(DEMO_LIST, values));
		const file = root ? fileOf(root, path.join("/")) : null;
		const content = file === null ? null : await contentOf(file);
		if (file === null || content === null) return text(404, "Not found");
		const extension = extname(file);
		return page(extension, extension === ".html" ? fill(content, values) : content);
	};
}

/** The order's number in the address, if it looks like one. */
function orderIn(query: URLSearchParams): string | null {
	const order = query.get("order");
	return order !== null && /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u.test(order) ? order : null;
}

/** A number that comes again after eleven days at the earliest: tenths of a second. */
function freshOrder(ms: number): string {
	return `1${String(Math.floor(ms / 100)).slice(-7)}`;
}

/** The path on disk an address stands for; null where it leads out of `root` or to a file of no known kind. */
function fileOf(root: string, path: string): string | null {
	try {
		const file = resolve(root, decodeURIComponent(path) || "index.html");
		return file.startsWith(root) && Object.hasOwn(CONTENT_TYPES, extname(file)) ? file : null;
	} catch {
		return null;
	}
}

async function contentOf(file: string): Promise<string | null> {
	try {
		return await readFile(file, "utf8");
	} catch {
		return null;
	}
}

function fill(template: string, values: Values): string {
	return template.replace(/\{\{(collector|public_key|order)\}\}/g, (_, name: keyof Values) => escapeHtml(values[name]));
}

function page(extension: string, content: string): Response {
	return new Response(content, { headers: { "content-type": CONTENT_TYPES[extension] ?? "", "cache-control": "no-store" } });
}

function text(status: number, content: string, headers: Record<string, string> = {}): Response {
	const plain = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
	return new Response(content, { status, headers: { ...plain, ...headers } });
}
