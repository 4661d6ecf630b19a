import { Agent, request } from "node:http";

/** A request as it is to be said. */
export interface PlainRequest {
	readonly method: string;
	/** From the first slash on. */
	readonly address: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
}

/** A reply as it came. */
export interface PlainReply {
	readonly status: number;
	readonly body: string;
	/** A header of it; empty where it has none. */
	header(name: string): string;
}

const agent = new Agent({ keepAlive: true });

/** Sends a request with the headers it says, true or not, and no others but `host`, as no `fetch` does. */
export function plainRequest(url: string, { method, address, headers, body = "" }: PlainRequest): Promise<PlainReply> {
	const bytes = Buffer.from(body);
	const length = bytes.length > 0 ? { "content-length": String(bytes.length) } : {};
	// Who says that more comes than does would wait for a reply until the other end gives up; here it hangs up with its body.
	const lies = "content-length" in headers;
	return new Promise((resolve, reject) => {
		const options = { method, headers: { ...length, ...headers }, agent: lies ? false : agent, maxHeaderSize: 256 * 1024 };
		const sent = request(url + address, options, (reply) => {
			const parts: Buffer[] = [];
			reply.on("data", (part) => parts.push(part));
			reply.on("error", reject);
			reply.on("end", () => {
				if (lies) sent.destroy();
				resolve({
					status: reply.statusCode ?? 0,
					body: Buffer.concat(parts).toString(),
					header: (name) => String(reply.headers[name] ?? ""),
				});
			});
		});
		sent.on("error", reject);
		if (bytes.length > 0) sent.write(bytes);
		if (lies) sent.flushHeaders();
		else sent.end();
	});
}
