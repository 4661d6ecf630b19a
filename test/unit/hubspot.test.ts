import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AnswerEventData, Event } from "../../shared/event-contract.ts";
import { METRIC_NAMES, METRICS } from "../../shared/metrics.ts";
import { KINDS } from "../../worker/dashboard/webhooks/kinds.ts";
import type { Verdict } from "../../worker/deliver/destination.ts";
import { hubspot } from "../../worker/deliver/hubspot.ts";
import { GROUP, PROPERTIES } from "../../worker/deliver/hubspot-properties.ts";
import { answerEvent, caseEvent, HOSTILE_COMMENTS, message, ONE_OF_EACH } from "../harness/events.ts";
import { means } from "../harness/means.ts";
import { type HubSpot, openHubSpot } from "../harness/platforms/hubspot.ts";

let platform: HubSpot;
beforeAll(async () => {
	platform = await openHubSpot();
});
beforeEach(() => {
	platform.reset();
	platform.groups.add(GROUP.name);
	for (const property of PROPERTIES) platform.definitions.set(property.name, property);
});
afterAll(() => platform.stop());

const tell = (event: Event, token = platform.token): Promise<Verdict> =>
	hubspot.deliver(message(event), {}, { token }, means(platform.send));

const ada = () => platform.contacts.get("ada@shop.example");

/** What was asked of HubSpot since the last time. */
const asked = () => platform.requests.splice(0).map(({ method, path }) => `${method} ${path.replace(/ada%40.*/, "ada")}`);

const READ = "GET /crm/objects/2026-09/contacts/ada";
const WRITE = "POST /crm/objects/2026-09/contacts/batch/upsert";

test("the first answer makes group, properties and contact; the next one only writes", async () => {
	platform.reset();
	expect(await tell(answerEvent())).toEqual({ outcome: "delivered", status: 200 });
	expect(platform.requests).toHaveLength(hubspot.requests);
	expect(asked()).toEqual([
		READ,
		WRITE,
		"POST /crm/properties/2026-09/contacts/groups",
		...PROPERTIES.map(() => "POST /crm/properties/2026-09/contacts"),
		WRITE,
	]);
	expect(ada()).toEqual({
		email: "ada@shop.example",
		afterword_score: "3",
		afterword_metric: "nps",
		afterword_group: "detractors",
		afterword_survey: "nps",
		afterword_reasons: "Delivery, Price",
		afterword_comment: "It came two weeks late.",
		afterword_link: "https://feedback.merchant.com/app/answers/0197b6f1a0c2?site=site1&from=mail",
		afterword_asked_at: "2026-11-20T10:00:00.000Z",
		afterword_updated_at: "2026-11-20T10:00:30.000Z",
	});
	expect(await tell(answerEvent({ score: 9, group: "promoters" }, "answer.updated"))).toMatchObject({ outcome: "delivered" });
	expect(asked()).toEqual([READ, WRITE]);
});

test("a property that somebody has deleted is made again, those that are there stay as they are", async () => {
	platform.definitions.delete("afterword_comment");
	expect(await tell(answerEvent())).toMatchObject({ outcome: "delivered" });
	expect(platform.definitions.has("afterword_comment")).toBe(true);
});

test("what the contact has beside them stays, and a customer's address in capitals is the same contact", async () => {
	platform.definitions.set("firstname", { name: "firstname", type: "string", groupName: "contactinformation" });
	platform.contacts.set("ada@shop.example", { email: "ada@shop.example", firstname: "Ada" });
	await tell(answerEvent({ customer: "Ada@Shop.Example" }));
	expect(ada()).toMatchObject({ firstname: "Ada", afterword_score: "3" });
	expect(platform.contacts.size).toBe(1);
});

test("nothing of an earlier answer stands beside a later one", async () => {
	await tell(answerEvent());
	await tell(answerEvent({ shown_at: "2026-11-21T10:00:00.000Z", comment: null, driver_list: "", url: null }));
	expect(ada()).toMatchObject({ afterword_comment: "", afterword_reasons: "", afterword_link: "" });
});

test("in whatever order they arrive, and however often, the contact has the answer asked for last, as it was changed last", async () => {
	const at = (day: number, second: number): Partial<AnswerEventData> => ({
		shown_at: new Date(Date.UTC(2026, 10, day)).toISOString(),
		updated_at: new Date(Date.UTC(2026, 10, day + (second > 8 ? 9 : 0), 0, 0, second)).toISOString(),
		comment: `${day}/${second}`,
	});
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 6 }),
			async (arrivals) => {
				platform.contacts.clear();
				for (const [day, second] of arrivals) await tell(answerEvent(at(day, second)));
				const [day, second] = arrivals.toSorted(([a, s], [b, t]) => a - b || s - t).at(-1) ?? [];
				expect(ada()?.["afterword_comment"]).toBe(`${day}/${second}`);
			},
		),
		{ numRuns: 20 },
	);
});

test("the same answer again changes nothing", async () => {
	await tell(answerEvent());
	const before = { ...ada() };
	expect(await tell(answerEvent())).toMatchObject({ outcome: "delivered" });
	expect(ada()).toEqual(before);
	expect(platform.contacts.size).toBe(1);
});

test("every score of every metric is a value that HubSpot takes", async () => {
	for (const metric of METRIC_NAMES)
		for (const { name, from } of METRICS[metric].bands)
			expect(await tell(answerEvent({ metric, score: from, group: name }))).toMatchObject({ outcome: "delivered" });
});

test.each(HOSTILE_COMMENTS.map((comment) => [JSON.stringify(comment).slice(0, 60), comment]))(
	"it takes the comment %s",
	async (_, comment) => {
		expect(await tell(answerEvent({ comment }))).toMatchObject({ outcome: "delivered" });
		expect(ada()?.["afterword_comment"]).not.toMatch(/[\r\0\u202A-\u202E\u2066-\u2069]/);
	},
);

test("only answers of verified customers with an e-mail address are for it", async () => {
	const takes = (event: Event) => hubspot.accepts(event, {});
	expect(takes(answerEvent())).toBe(true);
	expect(takes(ONE_OF_EACH.test)).toBe(true);
	for (const event of [
		answerEvent({ customer: null }),
		answerEvent({ verified: false }),
		answerEvent({ customer: "customer-77" }),
		answerEvent({ customer: "a@b.example\r\nx: y" }),
		caseEvent(),
	]) {
		expect(takes(event)).toBe(false);
		expect(await tell(event)).toMatchObject({ outcome: "refused" });
	}
	expect(platform.requests).toEqual([]);
});

describe("a test", () => {
	test("asks for the account and a contact that nobody is, and writes nothing", async () => {
		expect(await tell(ONE_OF_EACH.test)).toEqual({ outcome: "delivered", status: 200 });
		expect(asked()).toEqual([
			"GET /account-info/2026-09/details",
			"GET /crm/objects/2026-09/contacts/nobody%40afterword.invalid",
		]);
	});

	test("finds a wrong token, and one that may not see contacts", async () => {
		expect(await tell(ONE_OF_EACH.test, "pat-wrong-token")).toMatchObject({ outcome: "failed", status: 401 });
		platform.scopes.delete("crm.objects.contacts.read");
		expect(await tell(ONE_OF_EACH.test)).toMatchObject({ outcome: "failed", status: 403 });
	});
});

describe("HubSpot's verdicts", () => {
	test("a wrong token may become right, and the reason says so plainly", async () => {
		const verdict = await tell(answerEvent(), "pat-wrong-token");
		expect(verdict).toMatchObject({ outcome: "failed", status: 401, reason: expect.stringContaining("token") });
		expect(JSON.stringify(verdict)).not.toContain("pat-wrong-token");
	});

	test("a scope that is missing is named", async () => {
		platform.definitions.delete("afterword_score");
		platform.scopes.delete("crm.schemas.contacts.write");
		expect(await tell(answerEvent())).toMatchObject({
			outcome: "failed",
			reason: expect.stringContaining("crm.schemas.contacts.write"),
		});
		platform.scopes.delete("crm.objects.contacts.write");
		expect(await tell(answerEvent())).toMatchObject({
			outcome: "failed",
			reason: expect.stringContaining("crm.objects.contacts"),
		});
	});

	test.each([false, true])(
		"properties that are not there are made, whether an error is the batch's or a contact's: %s",
		async (multiStatus) => {
			platform.multiStatus = multiStatus;
			expect(await tell(answerEvent())).toMatchObject({ outcome: "delivered" });
		},
	);

	test.each([false, true])("an address that HubSpot does not take is never tried again: %s", async (multiStatus) => {
		platform.multiStatus = multiStatus;
		platform.definitions.set("afterword_group", {
			name: "afterword_group",
			type: "enumeration",
			groupName: "afterword",
			options: [],
		});
		expect(await tell(answerEvent())).toMatchObject({ outcome: "refused", status: multiStatus ? 207 : 400 });
	});

	test("what goes wrong with properties that were made a moment ago does not go round in circles", async () => {
		const lacks = { status: 400, body: { category: "VALIDATION_ERROR", message: "PROPERTY_DOESNT_EXIST" } };
		platform.instead.push({ status: 404 }, lacks, ...PROPERTIES.map(() => ({ status: 409 })), { status: 409 }, lacks);
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", status: 400 });
		expect(asked()).toHaveLength(PROPERTIES.length + 4);
	});

	test("an account without room for more properties fails, and says why", async () => {
		platform.instead.push({ status: 404 }, { status: 400, body: "PROPERTY_DOESNT_EXIST" }, { status: 201 }, { status: 400 });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", reason: expect.stringContaining("room") });
	});

	test("wherever the limit of requests falls, it fails, waits, and comes through later", async () => {
		for (const room of [0, 1, 2, 3, PROPERTIES.length + 2, PROPERTIES.length + 3]) {
			platform.definitions.delete("afterword_link");
			platform.room = room;
			const verdict = await tell(answerEvent());
			expect(verdict).toMatchObject(room < 2 ? { outcome: "failed", status: 429, retryAfterMs: 10_000 } : {});
			if (verdict.outcome !== "delivered") expect(verdict).toMatchObject({ outcome: "failed", retryAfterMs: 10_000 });
			platform.room = Number.POSITIVE_INFINITY;
			expect(await tell(answerEvent())).toMatchObject({ outcome: "delivered" });
		}
	});

	test("the day's limit waits an hour, or as long as HubSpot asks", async () => {
		const body = { errorType: "RATE_LIMIT", message: "You have reached your daily limit.", policyName: "DAILY" };
		platform.instead.push({ status: 429, body });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", retryAfterMs: 3_600_000 });
		platform.instead.push({ status: 429, body, headers: { "retry-after": "120" } });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", retryAfterMs: 120_000 });
	});

	test.each([301, 404, 409, 410, 423, 477, 500, 502, 503])(
		"%i on the way may become right, and what HubSpot said is not told",
		async (status) => {
			await tell(answerEvent());
			platform.instead.push({ status: 404 }, { status, body: "SENTINEL ada@shop.example" });
			const verdict = await tell(answerEvent());
			expect(verdict).toMatchObject({ outcome: "failed", status });
			expect(JSON.stringify(verdict)).not.toMatch(/SENTINEL|ada@/);
		},
	);
});

test("the form asks for the scopes that are needed, and for no others", () => {
	const scopes = KINDS["hubspot"]?.fields.flatMap(({ hint }) => hint.match(/crm\.[\w.]*\w/g) ?? []);
	expect(scopes).toEqual([...platform.scopes]);
});

test("a token is a credential, and one that could start a header is none", () => {
	expect(hubspot.settings.safeParse({ token: platform.token }).success).toBe(false);
	expect(hubspot.credentials.safeParse({ token: platform.token }).success).toBe(true);
	for (const token of ["", "short", "with space in it", "pat-eu1\r\nx-evil: 1", "пароль-секрет"])
		expect(hubspot.credentials.safeParse({ token }).success).toBe(false);
});
