import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { faultOfAddress } from "../../../worker/deliver/address.ts";
import type { Send } from "../../../worker/deliver/destination.ts";
import { sendFrom } from "../../../worker/deliver/send.ts";

/** A request as a platform gets it; names of headers are small. */
export interface Received {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** What a platform answers; an object goes out as JSON. */
export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | object;
}

/** A platform that stands on this machine. */
export interface Platform {
	/** The Worker's own way out, which ends here in place of the platform's host and nowhere else. */
	readonly send: Send;
	/** Everything that was asked, in turn. */
	readonly requests: Received[];
	/** Answers of a platform in trouble: each stands in for the next request's own. */
	readonly instead: Answer[];
	stop(): Promise<void>;
}

/** Serves a platform that goes by `origin`. */
export async function servePlatform(origin: string, answer: (request: Received) => Answer): Promise<Platform> {
	const requests: Received[] = [];
	const instead: Answer[] = [];
	const server = createServer(async (incoming, outgoing) => {
		const request = await read(incoming);
		requests.push(request);
		const { status, headers = {}, body = "" } = instead.shift() ?? answer(request);
		const isText = typeof body === "string";
		// A connection that is kept may be closed from here just when the next request takes it.
		outgoing.writeHead(status, { connection: "close", "content-type": isText ? "text/html" : "application/json", ...headers });
		outgoing.end(isText ? body : JSON.stringify(body));
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const { port } = server.address() as AddressInfo;
	const send: Send = (url, init) => {
		const fault = faultOfAddress(url, "https://feedback.merchant.com", false);
		if (fault || new URL(url).origin !== origin) throw new Error(`Nothing is sent there: ${fault ?? url}`);
		return sendFrom("https://feedback.merchant.com", true)(url.replace(origin, `http://127.0.0.1:${port}`), init);
	};
	const stop = () =>
		new Promise<void>((stopped) => {
			server.close(() => stopped());
			server.closeAllConnections();
		});
	return { send, requests, instead, stop };
}

async function read(incoming: IncomingMessage): Promise<Received> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk);
	const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://here");
	const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
	return {
		method: incoming.method ?? "",
		path: pathname,
		query: searchParams,
		headers,
		body: Buffer.concat(chunks).toString("utf8"),
	};
}

/** A body as JSON; null where it is none. */
export function jsonOf({ body }: Received) {
	try {
		return JSON.parse(body);
	} catch {
		return null;
	}
}
