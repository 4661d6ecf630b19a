import { afterAll, beforeAll, expect, test } from "vitest";
import { APP, sessionToken } from "../harness/session-tokens.ts";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	const added = await stage.collector.owner("/v1/shopify-apps", { method: "POST", body: JSON.stringify(APP) });
	expect(added.status).toBe(201);
});
afterAll(() => stage.stop());

/** Sends an ask from where checkout extensions run, a worker of no origin; gives the status and what the reply says. */
async function sendFromWorker(ask: object): Promise<{ status: number; said: unknown; preflights: number }> {
	const { page } = await stage.shopper();
	let preflights = 0;
	page.context().on("request", (request) => {
		if (request.method() === "OPTIONS") preflights += 1;
	});
	const init = { method: "POST", body: JSON.stringify(ask), credentials: "omit" };
	const work = `fetch(${JSON.stringify(`${stage.collector.url}/v1/responses`)}, ${JSON.stringify(init)})
		.then(async (reply) => postMessage({ status: reply.status, said: await reply.json() }), (error) => postMessage({ status: 0, said: String(error) }))`;
	const frame = `<script>new Worker(URL.createObjectURL(new Blob([${JSON.stringify(work)}]))).onmessage = ({ data }) => parent.postMessage(data, "*")</script>`;
	await page.goto(stage.shop.serve({ body: "" }));
	const heard = page.evaluate(
		(srcdoc) =>
			new Promise<{ status: number; said: unknown }>((resolve) => {
				addEventListener("message", ({ data }) => resolve(data), { once: true });
				const element = document.createElement("iframe");
				element.setAttribute("sandbox", "allow-scripts");
				element.srcdoc = srcdoc;
				document.body.append(element);
			}),
		frame,
	);
	return { ...(await heard), preflights };
}

test("a worker of no origin is heard with its shop's session token, reads the receipt, and needs no preflight", async () => {
	const ask = stage.collector.ask({ transaction: "extension", score: 8, token: sessionToken() });
	expect(await sendFromWorker(ask)).toEqual({ status: 201, said: { status: "stored" }, preflights: 0 });
	expect(await stage.asks("extension")).toMatchObject([{ outcome: "8", customer: null }]);
});

test("without one, or with another shop's, it is told why not", async () => {
	for (const token of [undefined, sessionToken({ dest: "b-shop.myshopify.com" })]) {
		const ask = stage.collector.ask({ transaction: "nobody's", ...(token ? { token } : {}) });
		expect(await sendFromWorker(ask)).toMatchObject({ status: 403, said: { code: "origin_not_allowed", field: "origin" } });
	}
});
