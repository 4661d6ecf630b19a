import { createServer } from "node:http";

/** One page of a shop: what is in its body, and what else it is. */
export interface ShopPage {
	readonly body?: string;
	/** The whole of it, instead of a body in a document like any other. */
	readonly document?: string;
	readonly head?: string;
	/** BCP 47; Arabic pages are right to left. */
	readonly lang?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A merchant's pages on an origin of their own. */
export interface Shop {
	readonly origin: string;
	/** Serves a page from now on, and gives its address. The address has no digits, so that it is stored as it is. */
	serve(page: ShopPage): string;
	stop(): Promise<void>;
}

/** Opens a shop on a free port of this machine. */
export async function openShop(): Promise<Shop> {
	const pages = new Map<string, ShopPage>();
	const server = createServer((request, response) => {
		const path = request.url?.split("?")[0] ?? "";
		const page = pages.get(path);
		if (path === "/favicon.ico") return response.writeHead(204).end();
		response.writeHead(page ? 200 : 404, {
			"content-type": "text/html; charset=utf-8",
			"cache-control": "no-cache",
			...page?.headers,
		});
		response.end(page ? documentOf(page) : "");
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const address = server.address();
	const port = typeof address === "object" ? address?.port : undefined;
	const origin = `http://127.0.0.1:${port}`;
	return {
		origin,
		serve(page) {
			const path = `/orders/${[...String(pages.size)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`;
			pages.set(path, page);
			return origin + path;
		},
		stop: () => new Promise((stopped) => server.close(() => stopped()).closeAllConnections()),
	};
}

function documentOf({ document, lang = "en", head = "", body = "" }: ShopPage): string {
	if (document !== undefined) return document;
	const direction = lang.startsWith("ar") ? "rtl" : "ltr";
	const viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">';
	return `<!doctype html>
<html lang="${lang}" dir="${direction}"><head><meta charset="utf-8">${viewport}<title>Your order</title>${head}</head>
<body><main><h1>Your order</h1>${body}<p>What follows.</p></main></body></html>`;
}
