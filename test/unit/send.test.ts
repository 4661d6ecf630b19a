import { expect, test } from "vitest";
import { retryAfterOf, sendFrom } from "../../worker/deliver/send.ts";
import { startTarget } from "../harness/target.ts";

test("the requests of one attempt share its time, and another attempt has its own", async () => {
	const target = await startTarget();
	target.reply((response) => setTimeout(() => response.writeHead(204).end(), 700));
	const attempt = () => sendFrom("https://feedback.example", true, 1_200);
	const send = attempt();
	expect(await send(target.url, { headers: {} })).toMatchObject({ status: 204 });
	await expect(send(target.url, { headers: {} })).rejects.toThrow("The target did not answer within 1.2 seconds");
	expect(await attempt()(target.url, { headers: {} })).toMatchObject({ status: 204 });
	await target.stop();
});

test("of a reply one KiB is read, in however many pieces it comes", async () => {
	const target = await startTarget();
	target.reply((response) => {
		for (let i = 0; i < 10; i++) response.write("x".repeat(300));
		response.end();
	});
	const { text } = await sendFrom("https://feedback.example", true)(target.url, { headers: {} });
	expect(text).toBe("x".repeat(1_024));
	await target.stop();
});

test.each([
	["120", 120],
	[" 7 ", 7],
	["0", 0],
	["86401", 86_400],
	["999999999", 86_400],
	["Sun, 22 Nov 2026 13:00:00 GMT", 3_600],
	["Sunday, 22-Nov-26 13:00:00 GMT", 3_600],
	["Mon, 23 Nov 2026 12:00:01 GMT", 86_400],
	["Sat, 21 Nov 2026 12:00:00 GMT", 0],
	["soon", null],
	["", null],
	[null, null],
] as const)("a target that says Retry-After: %s is left alone for so many seconds: %s", (header, seconds) => {
	expect(retryAfterOf(header, Date.parse("2026-11-22T12:00:00Z"))).toBe(seconds === null ? null : seconds * 1000);
});
