import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Event } from "../../shared/event-contract.ts";
import type { Verdict } from "../../worker/deliver/destination.ts";
import { zendesk } from "../../worker/deliver/zendesk.ts";
import { alertEvent, answerEvent, caseEvent, HOSTILE_COMMENTS, message, ONE_OF_EACH } from "../harness/events.ts";
import { means } from "../harness/means.ts";
import { openZendesk, type Zendesk } from "../harness/platforms/zendesk.ts";

let platform: Zendesk;
beforeAll(async () => {
	platform = await openZendesk();
});
beforeEach(() => {
	for (const list of [platform.tickets, platform.requests, platform.instead]) list.splice(0);
	platform.keys.clear();
	platform.suspended.clear();
});
afterAll(() => platform.stop());

const settings = () => ({ subdomain: platform.subdomain, email: platform.email });

const tell = (event: Event, { id = "msg_1", token = platform.token } = {}): Promise<Verdict> =>
	zendesk.deliver(message(event, id), settings(), { token }, means(platform.send));

test("a low answer is a ticket: an internal note, whose requester is the verified customer", async () => {
	expect(await tell(answerEvent())).toEqual({ outcome: "delivered", status: 201 });
	expect(platform.tickets).toEqual([
		{
			id: 1,
			subject: "Harbour & Pine: 3 of 10, a detractor",
			externalId: "0197b6f1a0c2",
			comment: expect.stringMatching(
				/It came two weeks late\.[\s\S]*Order: 1001[\s\S]*plan: gold[\s\S]*https:\/\/feedback\.merchant\.com\/app\/answers\//,
			),
			isPublic: false,
			requester: "ada@shop.example",
			tags: ["afterword", "nps", "afterword_detractors"],
		},
	]);
	expect(platform.requests).toHaveLength(zendesk.requests);
	expect(platform.requests.at(-1)?.headers["idempotency-key"]).toBe("msg_1");
});

test.each([{ customer: null }, { verified: false }, { customer: "customer-77" }])(
	"who is not known by a verified address is no requester: %o",
	async (changes) => {
		await tell(answerEvent(changes));
		expect(platform.tickets).toMatchObject([{ requester: platform.email, isPublic: false }]);
	},
);

test("an answer has one ticket: over attempts, over days, and when its case is told as well", async () => {
	await tell(answerEvent());
	expect(await tell(answerEvent())).toMatchObject({ outcome: "delivered" });
	platform.keys.clear(); // after two hours
	expect(await tell(answerEvent())).toMatchObject({ outcome: "delivered" });
	expect(await tell(caseEvent(), { id: "msg_2" })).toMatchObject({ outcome: "delivered" });
	expect(platform.tickets).toHaveLength(1);
});

test("a ticket that is not listed yet is not made twice: the same message asks for the same", async () => {
	await tell(answerEvent());
	platform.instead.push({ status: 200, body: { tickets: [], count: 0 } });
	expect(await tell(answerEvent())).toEqual({ outcome: "delivered", status: 201 });
	expect(platform.tickets).toHaveLength(1);
});

test("a case is a ticket, with who sees to it and by when", async () => {
	expect(await tell(caseEvent())).toMatchObject({ outcome: "delivered" });
	expect(platform.tickets[0]).toMatchObject({ comment: expect.stringMatching(/Seen to by: Bea\nDue on: 2026-11-22/) });
});

test.each(HOSTILE_COMMENTS.map((comment) => [JSON.stringify(comment).slice(0, 60), comment]))(
	"the comment %s is text, no placeholder",
	async (_, comment) => {
		expect(await tell(answerEvent({ comment }))).toMatchObject({ outcome: "delivered" });
		const [ticket] = platform.tickets;
		expect(ticket?.comment).not.toMatch(/[\r\0\u202A-\u202E\u2066\u2067]/);
		expect(ticket?.comment.split("ada@shop.example")).toHaveLength(2);
		if (comment.includes("{{")) expect(ticket?.comment).toContain("{ {ticket.requester.email}} { % comment %}");
	},
);

test("a shop's name cannot begin another line of the subject, nor make it too long", async () => {
	expect(await tell(answerEvent({ site: { id: "s", name: `a\r\nb ${"🥲".repeat(200)}` } }))).toMatchObject({
		outcome: "delivered",
	});
	expect(platform.tickets[0]?.subject).not.toMatch(/[\r\n]|[\ud800-\udbff](?![\udc00-\udfff])/);
});

test("low answers and cases are for it, everything else is not", async () => {
	expect([0, 6, 7, 10].map((score) => zendesk.accepts(answerEvent({ score }), settings()))).toEqual([true, true, false, false]);
	expect(zendesk.accepts(answerEvent({ metric: "csat", score: 3 }), settings())).toBe(false);
	expect(zendesk.accepts(caseEvent(), settings())).toBe(true);
	expect(zendesk.accepts(ONE_OF_EACH.test, settings())).toBe(true);
	for (const event of [alertEvent(), ONE_OF_EACH.digest]) {
		expect(zendesk.accepts(event, settings())).toBe(false);
		expect(await tell(event)).toMatchObject({ outcome: "refused" });
	}
	expect(platform.requests).toEqual([]);
});

describe("a test", () => {
	test("reads who the agent is and creates nothing", async () => {
		expect(await tell(ONE_OF_EACH.test)).toEqual({ outcome: "delivered", status: 200 });
		expect(platform.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api/v2/users/me.json"]);
	});

	test("is not taken in by the anonymous user that Zendesk answers with", async () => {
		expect(await tell(ONE_OF_EACH.test, { token: "a-wrong-token" })).toMatchObject({ outcome: "failed", status: 200 });
	});
});

describe("Zendesk's verdicts", () => {
	test("a wrong token may become right, and the reason does not tell it", async () => {
		const verdict = await tell(answerEvent(), { token: "a-wrong-token" });
		expect(verdict).toMatchObject({ outcome: "failed", status: 401 });
		expect(JSON.stringify(verdict)).not.toContain("a-wrong-token");
	});

	test("a requester that Zendesk has suspended is refused, and so is a key that stands for something else", async () => {
		platform.suspended.add("ada@shop.example");
		expect(await tell(answerEvent())).toMatchObject({ outcome: "refused", status: 422 });
		await tell(answerEvent({ id: "another", customer: null }));
		expect(await tell(answerEvent({ id: "a third", customer: null }))).toMatchObject({ outcome: "refused", status: 400 });
	});

	test("the limit of requests waits as long as Zendesk asks, at whichever request it falls", async () => {
		const limit = { status: 429, headers: { "retry-after": "93" } };
		platform.instead.push(limit);
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", retryAfterMs: 93_000 });
		platform.instead.push({ status: 200, body: { tickets: [] } }, limit);
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", retryAfterMs: 93_000 });
		expect(platform.tickets).toEqual([]);
	});

	test("503 with Retry-After waits", async () => {
		platform.instead.push({ status: 503, headers: { "retry-after": "10" } });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", status: 503, retryAfterMs: 10_000 });
	});

	test.each([302, 403, 404, 409, 410, 500])("%i may become right, and what Zendesk said is not told", async (status) => {
		platform.instead.push({ status: 200, body: { tickets: [] } }, { status, body: "SENTINEL ada@shop.example" });
		const verdict = await tell(answerEvent());
		expect(verdict).toMatchObject({ outcome: "failed", status });
		expect(JSON.stringify(verdict)).not.toMatch(/SENTINEL|ada@/);
	});
});

test("a subdomain is one label of a host, so that nothing is sent elsewhere", () => {
	const isTaken = (subdomain: string) => zendesk.settings.safeParse({ subdomain, email: platform.email }).success;
	for (const subdomain of ["harbour-pine", "a", "x1", "a".repeat(63)]) expect(isTaken(subdomain), subdomain).toBe(true);
	for (const subdomain of [
		"",
		"-a",
		"a-",
		"a.b",
		"evil.example/",
		"evil.example#",
		"a@evil",
		"a:80",
		"A",
		"ä",
		"a\n",
		"a".repeat(64),
		"%61",
	])
		expect(isTaken(subdomain), subdomain).toBe(false);
	expect(zendesk.settings.safeParse({ ...settings(), token: platform.token }).success).toBe(false);
});
