import { expect, test } from "vitest";
import { sendFrom } from "../../worker/deliver/send.ts";
import { startTarget } from "../harness/target.ts";

test("the requests of one attempt share its time, and another attempt has its own", async () => {
	const target = await startTarget();
	target.reply((response) => setTimeout(() => response.writeHead(204).end(), 250));
	const attempt = () => sendFrom("https://feedback.example", true, 400);
	const send = attempt();
	expect(await send(target.url, { headers: {} })).toMatchObject({ status: 204 });
	await expect(send(target.url, { headers: {} })).rejects.toThrow("The target did not answer within 0.4 seconds");
	expect(await attempt()(target.url, { headers: {} })).toMatchObject({ status: 204 });
	await target.stop();
});
