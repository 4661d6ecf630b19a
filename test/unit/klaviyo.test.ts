import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Event } from "../../shared/event-contract.ts";
import { KINDS } from "../../worker/dashboard/webhooks/kinds.ts";
import type { Verdict } from "../../worker/deliver/destination.ts";
import { klaviyo } from "../../worker/deliver/klaviyo.ts";
import { answerEvent, caseEvent, HOSTILE_COMMENTS, message, ONE_OF_EACH } from "../harness/events.ts";
import { means } from "../harness/means.ts";
import { type Klaviyo, openKlaviyo } from "../harness/platforms/klaviyo.ts";

let platform: Klaviyo;
beforeAll(async () => {
	platform = await openKlaviyo();
});
beforeEach(() => {
	for (const list of [platform.events, platform.requests, platform.instead]) list.splice(0);
	platform.profiles.clear();
	for (const scope of ["accounts:read", "events:write"]) platform.scopes.add(scope);
});
afterAll(() => platform.stop());

const tell = (event: Event, { id = "msg_1", api_key = platform.key } = {}): Promise<Verdict> =>
	klaviyo.deliver(message(event, id), {}, { api_key }, means(platform.send));

test("an answer is an event of the profile, with nothing in it that cannot be segmented on", async () => {
	expect(await tell(answerEvent())).toEqual({ outcome: "delivered", status: 202 });
	const [event] = platform.events;
	expect(event).toMatchObject({
		metric: "Survey Response",
		email: "ada@shop.example",
		time: "2026-11-20T10:00:30.000Z",
		properties: {
			answer_id: "0197b6f1a0c2",
			shop: "Harbour & Pine",
			score: 3,
			group: "detractors",
			drivers: ["delivery", "price"],
			driver_list: "Delivery, Price",
			comment: "It came two weeks late.",
			segment_plan: "gold",
			transaction: "1001",
			updated: false,
		},
	});
	for (const value of Object.values(event?.properties ?? {}))
		expect(typeof value === "object" && !Array.isArray(value)).toBe(false);
	expect(Object.keys(event?.properties ?? {})).not.toContain("customer");
	expect(platform.profiles.get("ada@shop.example")).toEqual({
		afterword_last_score: 3,
		afterword_last_metric: "nps",
		afterword_last_group: "detractors",
		afterword_last_at: "2026-11-20T10:00:30.000Z",
	});
});

test("attempts and replays of an answer are one event, by whatever message they come", async () => {
	for (const id of ["msg_1", "msg_1", "msg_2"]) expect(await tell(answerEvent(), { id })).toMatchObject({ outcome: "delivered" });
	expect(platform.events).toHaveLength(1);
});

test("an answer that has changed is another event, which says so, and the profile has the new score", async () => {
	await tell(answerEvent());
	await tell(answerEvent({ score: 9, group: "promoters", updated_at: "2026-11-20T10:05:00.000Z" }, "answer.updated"));
	expect(platform.events.map(({ properties }) => [properties["score"], properties["updated"]])).toEqual([
		[3, false],
		[9, true],
	]);
	expect(platform.profiles.get("ada@shop.example")).toMatchObject({ afterword_last_score: 9 });
});

test("two answers of one customer in one second are two events", async () => {
	await tell(answerEvent({ id: "a" }));
	await tell(answerEvent({ id: "b" }));
	expect(platform.events).toHaveLength(2);
});

test("however often and in whatever order states of answers come, each is kept once", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.integer({ min: 0, max: 3 })), { maxLength: 8 }),
			async (states) => {
				platform.events.splice(0);
				for (const [id, second] of states) await tell(answerEvent({ id, updated_at: `2026-11-20T10:00:0${second}.000Z` }));
				expect(platform.events).toHaveLength(new Set(states.map(String)).size);
			},
		),
		{ numRuns: 30 },
	);
});

test.each(HOSTILE_COMMENTS.map((comment) => [JSON.stringify(comment).slice(0, 60), comment]))(
	"it takes the comment %s",
	async (_, comment) => {
		expect(await tell(answerEvent({ comment }))).toMatchObject({ outcome: "delivered" });
		expect(platform.events[0]?.properties["comment"]).not.toMatch(/[\r\0\u202A-\u202E\u2066-\u2069]/);
	},
);

test("only answers of verified customers with an e-mail address are for it", async () => {
	expect(klaviyo.accepts(answerEvent(), {})).toBe(true);
	for (const event of [
		answerEvent({ customer: null }),
		answerEvent({ verified: false }),
		answerEvent({ customer: "77" }),
		caseEvent(),
	]) {
		expect(klaviyo.accepts(event, {})).toBe(false);
		expect(await tell(event)).toMatchObject({ outcome: "refused" });
	}
	expect(platform.requests).toEqual([]);
});

describe("a test", () => {
	test("reads the account and creates nothing", async () => {
		expect(await tell(ONE_OF_EACH.test)).toEqual({ outcome: "delivered", status: 200 });
		expect(platform.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api/accounts/"]);
		expect(platform.events).toEqual([]);
	});

	test("finds a wrong key, and names the scope it needs", async () => {
		expect(await tell(ONE_OF_EACH.test, { api_key: "pk_wrong_key" })).toMatchObject({ outcome: "failed", status: 401 });
		platform.scopes.delete("accounts:read");
		expect(await tell(ONE_OF_EACH.test)).toMatchObject({ outcome: "failed", reason: expect.stringContaining("accounts:read") });
	});
});

describe("Klaviyo's verdicts", () => {
	test("a wrong key may become right, and the reason does not tell it", async () => {
		const verdict = await tell(answerEvent(), { api_key: "pk_wrong_key" });
		expect(verdict).toMatchObject({ outcome: "failed", status: 401 });
		expect(JSON.stringify(verdict)).not.toContain("pk_wrong");
	});

	test("a scope that is missing is named", async () => {
		platform.scopes.delete("events:write");
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", reason: expect.stringContaining("events:write") });
	});

	test("an event that Klaviyo finds invalid is never tried again", async () => {
		expect(await tell(answerEvent({ updated_at: "yesterday" }))).toMatchObject({ outcome: "refused", status: 400 });
	});

	test("the limit of requests waits as long as Klaviyo asks, a minute where it does not say", async () => {
		platform.instead.push({ status: 429, headers: { "retry-after": "15" } }, { status: 429 });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", retryAfterMs: 15_000 });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", retryAfterMs: 60_000 });
	});

	test.each([302, 404, 409, 410, 500, 503])("%i may become right, and what Klaviyo said is not told", async (status) => {
		platform.instead.push({ status, body: "SENTINEL ada@shop.example" });
		const verdict = await tell(answerEvent());
		expect(verdict).toMatchObject({ outcome: "failed", status });
		expect(JSON.stringify(verdict)).not.toMatch(/SENTINEL|ada@/);
	});
});

test("the form asks for the scopes that are needed, and for no others", () => {
	const scopes = KINDS["klaviyo"]?.fields.flatMap(({ hint }) => hint.match(/\w+:\w+/g) ?? []);
	expect(scopes?.toSorted()).toEqual([...platform.scopes].sort());
});

test("a key is a credential, and one that could start a header is none", () => {
	expect(klaviyo.settings.safeParse({ api_key: platform.key }).success).toBe(false);
	expect(klaviyo.credentials.safeParse({ api_key: platform.key }).success).toBe(true);
	expect(klaviyo.credentials.safeParse({ api_key: "pk_1\r\nx: 1234567" }).success).toBe(false);
});
