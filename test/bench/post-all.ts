import { Agent, request } from "node:http";
import { SHOP } from "../harness/collector.ts";

/** Requests on their way at once. */
const AT_ONCE = 16;

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let addresses = 0;

/**
 * Sends bodies as pages of the shop do, sixteen at once, each from an address of its own, and gives the milliseconds until the last
 * reply. Throws where a reply has another status than this.
 */
export async function postAll(
	url: URL,
	bodies: readonly string[],
	status: number,
	headers: Readonly<Record<string, string>> = {},
): Promise<number> {
	const began = performance.now();
	let next = 0;
	const run = async () => {
		for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(url, body, status, headers);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, run));
	return performance.now() - began;
}

function post(url: URL, body: string, status: number, more: Readonly<Record<string, string>>): Promise<void> {
	const n = addresses++;
	const headers = {
		origin: SHOP,
		"content-type": "text/plain;charset=UTF-8",
		"content-length": Buffer.byteLength(body),
		"cf-connecting-ip": `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
		...more,
	};
	return new Promise((resolve, reject) => {
		const sent = request(url, { agent, method: "POST", headers }, (reply) => {
			let text = "";
			reply.setEncoding("utf8");
			reply.on("data", (part) => {
				text += part;
			});
			reply.on("end", () => (reply.statusCode === status ? resolve() : reject(new Error(`${reply.statusCode} ${text}`))));
		});
		sent.on("error", reject);
		sent.end(body);
	});
}
