import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EVENT_TYPES, type Event } from "../../shared/event-contract.ts";
import type { Verdict } from "../../worker/deliver/destination.ts";
import { email } from "../../worker/deliver/email.ts";
import type { Env } from "../../worker/env.ts";
import { answerEvent, HOSTILE_COMMENTS, message, ONE_OF_EACH } from "../harness/events.ts";
import { means } from "../harness/means.ts";
import { type EmailService, emailError, openEmailService } from "../harness/platforms/email.ts";

let service: EmailService;
beforeAll(async () => {
	service = await openEmailService();
});
beforeEach(() => {
	service.handed.splice(0);
	service.instead.splice(0);
	service.suppressed.clear();
	service.room = Number.POSITIVE_INFINITY;
});
afterAll(() => service.stop());

const TO = ["owner@harbour.example", "bea@harbour.example"];

const nothingElse = () => Promise.reject(new Error("A mail needs no request"));

const tell = (event: Event, { to = TO, env = service.env } = {}): Promise<Verdict> =>
	email.deliver(message(event), { to }, {}, means(nothingElse, env));

test.each(EVENT_TYPES)("a mail of %s goes out, in plain text and HTML", async (type) => {
	expect(await tell(ONE_OF_EACH[type])).toEqual({ outcome: "delivered", status: null });
	const mail = await service.next();
	expect(mail).toMatchObject({ from: '"Afterword" <feedback@merchant.com>', to: TO.join(", ") });
	expect(mail.subject).toMatch(/^Harbour & Pine: \w/);
	expect(mail.text).toContain(ONE_OF_EACH[type].data.url);
	expect(mail.html).toMatch(/^<!doctype html><html lang="en">.*Harbour &amp; Pine/);
});

test("an answer is told with its score, comment, reasons and segments, and a link", async () => {
	await tell(answerEvent({ comment: "Late.\nAnd broken." }));
	const { subject, text, html } = await service.next();
	expect(subject).toBe("Harbour & Pine: 3 of 10, a detractor");
	expect(text).toContain("\n> Late.\n> And broken.\n");
	expect(text).toMatch(/\nReasons: Delivery, Price\n[\s\S]*\nplan: gold\n/);
	expect(html).toContain('<a href="https://feedback.merchant.com/app/answers/0197b6f1a0c2?site=site1&amp;from=mail">');
});

test("the message has an id of its own that is the same over all attempts, and says that a machine wrote it", async () => {
	await tell(answerEvent());
	await tell(answerEvent());
	await service.next();
	await service.next();
	for (const { headers } of service.handed)
		expect(headers).toEqual({ "Auto-Submitted": "auto-generated", "X-Entity-Ref-ID": "msg_1" });
});

test.each(HOSTILE_COMMENTS.map((comment) => [JSON.stringify(comment).slice(0, 60), comment]))(
	"the comment %s is text",
	async (_, comment) => {
		expect(await tell(answerEvent({ comment }))).toMatchObject({ outcome: "delivered" });
		const { subject, text, html } = await service.next();
		expect(subject).toBe("Harbour & Pine: 3 of 10, a detractor");
		expect(`${text}${html}`).not.toMatch(/[\r\0\u202A-\u202E\u2066\u2067]/);
		expect(html).not.toMatch(/<script|<https|<!channel|<@/);
		expect(html.match(/<a /g)).toHaveLength(1);
	},
);

test("a comment stands in its own direction", async () => {
	await tell(answerEvent({ comment: "«وصل متأخرًا» late" }));
	expect((await service.next()).html).toMatch(/<blockquote dir="rtl"[^>]*border-right/);
	await tell(answerEvent({ comment: "1) late, متأخر" }));
	expect((await service.next()).html).toMatch(/<blockquote dir="ltr"[^>]*border-left/);
});

test("no text of the shop's begins another header", async () => {
	const name = `Caffè\r\nBcc: everybody@evil.example\u2028x ${"🥲".repeat(200)}`;
	expect(await tell(answerEvent({ site: { id: "s", name } }))).toMatchObject({ outcome: "delivered" });
	const { subject } = await service.next();
	expect(subject).toMatch(/^Caffè Bcc: everybody@evil\.example x 🥲+…$/u);
	expect(subject.length).toBeLessThanOrEqual(150);
});

describe("without a binding, or an address to send from", () => {
	test.each<[string, (env: Partial<Env>) => Partial<Env>]>([
		["EMAIL", ({ EMAIL_FROM = "" }) => ({ EMAIL_FROM })],
		["EMAIL_FROM", ({ EMAIL }) => (EMAIL ? { EMAIL } : {})],
	])("the Worker says that %s is missing, and a mail may become right", async (name, without) => {
		const env = without(service.env);
		expect(email.lacks?.(means(nothingElse, env).env)).toContain(name);
		expect(await tell(answerEvent(), { env })).toMatchObject({ outcome: "failed", reason: expect.stringContaining(name) });
	});

	test("with both it lacks nothing", () => expect(email.lacks?.(means(nothingElse, service.env).env)).toBeNull());
});

describe("Email Service's verdicts", () => {
	test("an address that has bounced is never tried again, and the reason does not tell it", async () => {
		service.suppressed.add("bea@harbour.example");
		const verdict = await tell(answerEvent());
		expect(verdict).toMatchObject({ outcome: "refused" });
		expect(JSON.stringify(verdict)).not.toContain("bea@");
	});

	test("the day's limit waits an hour", async () => {
		service.room = 0;
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", retryAfterMs: 3_600_000 });
	});

	test("a domain that does not send may be set up later", async () => {
		const env = { ...service.env, EMAIL_FROM: "feedback@elsewhere.example" };
		expect(await tell(answerEvent(), { env })).toMatchObject({
			outcome: "failed",
			reason: expect.stringContaining("EMAIL_FROM"),
		});
	});

	test.each([
		["E_VALIDATION_ERROR", "refused"],
		["E_CONTENT_TOO_LARGE", "refused"],
		["E_RECIPIENT_NOT_ALLOWED", "refused"],
		["E_HEADERS_TOO_LARGE", "refused"],
		["E_DELIVERY_FAILED", "failed"],
		["E_RATE_LIMIT_EXCEEDED", "failed"],
		["E_INTERNAL_SERVER_ERROR", "failed"],
		["E_OF_NEXT_YEAR", "failed"],
	])("%s: %s, and what it says is not told", async (code, outcome) => {
		service.instead.push(emailError(code, "SENTINEL owner@harbour.example"), new Error(`${code}: SENTINEL`));
		for (const verdict of [await tell(answerEvent()), await tell(answerEvent())]) {
			expect(verdict).toMatchObject({ outcome });
			expect(JSON.stringify(verdict)).not.toMatch(/SENTINEL|owner@/);
		}
	});
});

test("whom mails go to are addresses, ten at most", () => {
	const isTaken = (...to: string[]) => email.settings.safeParse({ to }).success;
	expect(isTaken(...TO)).toBe(true);
	expect(isTaken()).toBe(false);
	expect(isTaken(...Array.from({ length: 11 }, (_, i) => `a${i}@harbour.example`))).toBe(false);
	for (const address of ["nobody", "a@b.example\r\nBcc: c@d.example", "A <a@b.example>", "a@b.example,c@d.example"])
		expect(isTaken(address), address).toBe(false);
});
