import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that was sent to a target. */
export interface Told {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

/** A server on this machine that deliveries go to. */
export interface Target {
	readonly url: string;
	/** What arrived so far. */
	readonly told: Told[];
	/** What it answers from now on. */
	answers: number;
	stop(): Promise<void>;
}

/** Starts a target that answers 200 until it is told otherwise. */
export async function startTarget(): Promise<Target> {
	const told: Told[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		told.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() });
		response.writeHead(target.answers).end();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const target: Target = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		told,
		answers: 200,
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
	return target;
}
