import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

/** One request that a target got. */
export interface Received {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** Unix milliseconds. */
	readonly at: number;
}

/** A request that never came. */
export const NO_REQUEST: Received = { path: "", headers: {}, body: "", at: 0 };

/** What a target does with a request. */
type Reply = (response: ServerResponse, received: Received) => void;

/** Someone else's server, to which deliveries go: real HTTP on this machine. */
export interface Target {
	readonly url: string;
	readonly received: readonly Received[];
	/** What it does from now on; until then it answers 204. */
	reply(how: Reply): void;
	/** Waits until so many requests came, ten seconds at most. */
	until(count: number): Promise<readonly Received[]>;
	/** What came, each checked with this secret by the package that Standard Webhooks publishes. */
	verified(secret: string): { readonly id: string; readonly type: string; readonly data: Record<string, unknown> }[];
	stop(): Promise<void>;
}

export async function startTarget(): Promise<Target> {
	const received: Received[] = [];
	let how: Reply = (response) => response.writeHead(204).end();
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const one = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString(), at: Date.now() };
		received.push(one);
		how(response, one);
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
		reply(next) {
			how = next;
		},
		async until(count) {
			for (let looks = 0; received.length < count; looks++) {
				if (looks === 500) throw new Error(`${received.length} of ${count} requests came`);
				await new Promise((later) => setTimeout(later, 20));
			}
			return received;
		},
		verified: (secret) =>
			received.map(({ headers, body }) => {
				const { now } = Date;
				// The package holds the timestamp against its clock; scheduled runs of tests are ahead of it.
				Date.now = () => Number(headers["webhook-timestamp"]) * 1000;
				try {
					const { type, data } = new Webhook(secret).verify(body, headers as Record<string, string>) as never;
					return { id: String(headers["webhook-id"]), type, data };
				} finally {
					Date.now = now;
				}
			}),
		async stop() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}
