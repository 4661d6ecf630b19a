import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EVENT_TYPES, type Event } from "../../shared/event-contract.ts";
import type { Verdict } from "../../worker/deliver/destination.ts";
import { slack } from "../../worker/deliver/slack.ts";
import { slackMessage, slackText } from "../../worker/deliver/slack-message.ts";
import { alertEvent, answerEvent, HOSTILE_COMMENTS, message, ONE_OF_EACH } from "../harness/events.ts";
import { means } from "../harness/means.ts";
import { openSlack, type Slack } from "../harness/platforms/slack.ts";

let platform: Slack;
beforeAll(async () => {
	platform = await openSlack();
});
beforeEach(() => {
	platform.posted.splice(0);
	platform.requests.splice(0);
	platform.instead.splice(0);
});
afterAll(() => platform.stop());

const tell = (event: Event, url = platform.url): Promise<Verdict> =>
	slack.deliver(message(event), {}, { url }, means(platform.send));

test.each(EVENT_TYPES)("a channel reads of %s, and nobody is called", async (type) => {
	expect(await tell(ONE_OF_EACH[type])).toEqual({ outcome: "delivered", status: 200 });
	const [posted] = platform.posted;
	expect(posted).toMatchObject({ calls: [], notified: expect.stringContaining("Harbour & Pine") });
	expect(posted?.shown).toContain("Harbour & Pine");
	expect(posted?.links).toEqual([ONE_OF_EACH[type].data.url]);
});

test("an answer is told with its score, comment, reasons, order and segments", async () => {
	await tell(answerEvent({ comment: "Late.\nAnd broken." }));
	const shown = platform.posted[0]?.shown;
	expect(shown).toContain("3 of 10, a detractor");
	expect(shown).toContain(">Late.\n>And broken.");
	for (const fact of ["*Reasons*\nDelivery, Price", "*Order*\n1001", "*Customer*\nada@shop.example", "*plan*\ngold"])
		expect(shown).toContain(fact);
});

test("an alert is told with its numbers as the owner's pages write them, and with what they are", async () => {
	await tell(ONE_OF_EACH["alert.opened"]);
	const shown = platform.posted[0]?.shown;
	expect(shown).toContain("has fallen");
	for (const fact of [
		"*28 days*\n−12, 1,200 answers",
		"*84 days before*\n+40, 3,600 answers",
		"*NPS*\npromoters minus detractors, −100 to 100",
	])
		expect(shown).toContain(fact);
});

test.each([
	["nps", 23.6, -0.04, "+24", "0", "NPS*\npromoters minus detractors, −100 to 100"],
	["csat", 81.5, 100, "82%", "100%", "CSAT*\nshare of answers 4 and 5 of 5"],
	["ces", 5.64, 5, "5.6", "5.0", "CES*\nmean of 1 to 7, 7 is the easiest"],
] as const)("an alert of %s writes %d and %d as %s and %s", async (metric, value, reference_value, now, before, formula) => {
	await tell(alertEvent({ metric, value, reference_value }));
	const shown = platform.posted[0]?.shown;
	expect(shown).toContain(`*28 days*\n${now}, 1,200 answers`);
	expect(shown).toContain(`*84 days before*\n${before}, 3,600 answers`);
	expect(shown).toContain(formula);
});

describe.each(HOSTILE_COMMENTS.map((comment) => [JSON.stringify(comment).slice(0, 60), comment] as const))(
	"the comment %s",
	(_, comment) => {
		test("is text: it calls nobody, links nowhere, turns nothing around, and Slack takes it", async () => {
			expect(await tell(answerEvent({ comment }))).toMatchObject({ outcome: "delivered" });
			const [posted] = platform.posted;
			expect(posted?.calls).toEqual([]);
			expect(posted?.links).toEqual([ONE_OF_EACH["answer.scored"].data.url]);
			expect(posted?.shown).not.toMatch(/[\u202A-\u202E\u2066\u2067]/);
			expect(posted?.shown.match(/\u2068/g)?.length).toBe(posted?.shown.match(/\u2069/g)?.length);
		});
	},
);

test("what the merchant and the shop's order say is text too", async () => {
	const hostile = "<!channel>\u202E&\n*x*";
	const event = answerEvent({
		site: { id: "s", name: hostile },
		transaction: hostile,
		customer: hostile,
		driver_list: hostile,
		segments: { [hostile]: hostile, ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`k${i}`, hostile])) },
	});
	expect(await tell(event)).toMatchObject({ outcome: "delivered" });
	expect(platform.posted[0]).toMatchObject({ calls: [], notified: expect.stringContaining("<!channel>& *x*") });
});

test("any text, of any length, stays what it is when Slack reads it", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.integer({ min: 20, max: 500 }), (text, most) => {
			const escaped = slackText(text, most);
			expect(escaped.length).toBeLessThanOrEqual(most);
			expect(escaped).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
			const back = escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
			expect(back === text || text.startsWith(back.slice(0, -1))).toBe(true);
		}),
	);
});

test("no comment makes a message that Slack would not take", () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom("&", "<", "\n", "a", "🥲", "\u202E", " ", "ي"), { maxLength: 2_000, size: "max" }),
			(parts) => {
				for (const { text, fields = [] } of slackMessage(answerEvent({ comment: parts.join("") })).blocks as Block[]) {
					if (text) expect(text.text.length).toBeLessThanOrEqual(3_000);
					expect(fields.length).toBeLessThanOrEqual(10);
				}
			},
		),
		{ numRuns: 50 },
	);
});

interface Block {
	text?: { text: string };
	fields?: unknown[];
}

describe("Slack's verdicts", () => {
	test.each([
		[404, "no_service"],
		[404, "no_team"],
		[404, "channel_not_found"],
		[403, "invalid_token"],
		[410, "channel_is_archived"],
		[410, ""],
	])("%i %s ends the endpoint", async (status, body) => {
		platform.instead.push({ status, body });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "gone", status });
	});

	test.each([
		[400, "invalid_payload"],
		[400, "invalid_blocks"],
		[403, "action_prohibited"],
	])("%i %s is never tried again", async (status, body) => {
		platform.instead.push({ status, body });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "refused", status });
	});

	test.each([
		[200, "<html>A proxy's page</html>"],
		[200, ""],
		[404, "<html>Not found</html>"],
		[302, ""],
		[500, "rollup_error"],
		[503, ""],
	])("%i %s may become right", async (status, body) => {
		platform.instead.push({ status, body, headers: { location: "https://evil.example/" } });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", status });
		expect(platform.requests).toHaveLength(1);
	});

	test("429 waits as long as Slack asks", async () => {
		platform.instead.push({ status: 429, body: "rate_limited", headers: { "retry-after": "30" } });
		expect(await tell(answerEvent())).toMatchObject({ outcome: "failed", status: 429, retryAfterMs: 30_000 });
	});

	test("a hook that Slack does not know is gone", async () => {
		expect(await tell(answerEvent(), `${platform.url}X`)).toMatchObject({ outcome: "gone", status: 404 });
	});

	test("no verdict tells the address of the hook or what Slack said", async () => {
		for (const status of [200, 400, 403, 404, 410, 429, 500]) {
			platform.instead.push({ status, body: "SENTINEL" });
			expect(JSON.stringify(await tell(answerEvent()))).not.toMatch(/SENTINEL|T0001|abcdef/);
		}
	});
});

test("only the address of an incoming webhook is one, and it is a credential", () => {
	expect(slack.credentials.safeParse({ url: platform.url }).success).toBe(true);
	expect(slack.settings.safeParse({ url: platform.url }).success).toBe(false);
	for (const url of [
		"http://hooks.slack.com/services/T0/B0/x",
		"https://hooks.slack.com.evil.example/services/T0/B0/x",
		"https://evil.example/services/T0/B0/x",
		"https://hooks.slack.com@evil.example/services/T0/B0/x",
		"https://hooks.slack.com/services/T0/B0/x?y",
		"https://hooks.slack.com/services/T0/B0/x\n",
		"https://hooks.slack.com/services/T0/B0/../x",
	])
		expect(slack.credentials.safeParse({ url }).success, url).toBe(false);
});
