import fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { WANTED_EVENTS } from "../../shared/event-contract.ts";
import { DESTINATIONS, destinationOf } from "../../worker/deliver/destinations.ts";
import { plainLine, plainLines, shortened } from "../../worker/deliver/plain-text.ts";
import { told } from "../../worker/deliver/told.ts";
import { withComments } from "../../worker/digest/with-comments.ts";
import { answerData, answerEvent, caseEvent, ONE_OF_EACH } from "../harness/events.ts";

const namesOf = (schema: z.ZodType) => Object.keys(Object(z.toJSONSchema(schema)).properties ?? {});

test("each kind is there once, is found by its name, and takes events that can be wanted", () => {
	expect(DESTINATIONS.map(({ kind }) => kind)).toEqual(["webhook", "hook", "slack", "email", "hubspot", "klaviyo", "zendesk"]);
	for (const destination of DESTINATIONS) {
		expect(destinationOf(destination.kind)).toBe(destination);
		expect(WANTED_EVENTS).toEqual(expect.arrayContaining([...destination.takes]));
	}
	expect(destinationOf("pager")).toBeNull();
});

test.each(DESTINATIONS.map((destination) => [destination.kind, destination] as const))(
	"%s: what is declared once is no setting, and no settings take what they do not know",
	(_, { settings, credentials }) => {
		for (const name of namesOf(credentials)) expect(namesOf(settings)).not.toContain(name);
		expect(z.toJSONSchema(settings)).toMatchObject({ type: "object", additionalProperties: false });
	},
);

test.each(DESTINATIONS.map((destination) => [destination.kind, destination] as const))(
	"%s: a test reaches it",
	(_, { accepts }) => {
		expect(accepts(ONE_OF_EACH.test, { subdomain: "a", email: "a@b.example", to: [] })).toBe(true);
	},
);

test.each(Object.values(ONE_OF_EACH).map((event) => [event.type, event] as const))(
	"%s: is sent without a word of customers where the endpoint asks for none any more, and is otherwise as it was",
	async (_, event) => {
		const sent = await withComments(Object.create(null), "site1", event, false);
		expect(JSON.stringify(sent)).not.toContain(answerData().comment);
		const { comment: _words, comment_ids: _ids, comments: _said, ...rest }: Record<string, unknown> = { ...event.data };
		expect(sent).toMatchObject({ ...event, data: rest });
	},
);

const anyText = fc.string({
	unit: fc.oneof(
		fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
		fc.constantFrom("\n", "\r", "\u202E", "\u2066", "\u0085"),
	),
});

test("an event in words: whatever the shop and the shopper wrote, one line stays one and nothing is turned around", () => {
	fc.assert(
		fc.property(anyText, anyText, anyText, (name, comment, value) => {
			for (const event of [
				answerEvent({ site: { id: "s", name }, comment, transaction: value, customer: value, segments: { [value]: value } }),
				caseEvent({ site: { id: "s", name }, comment, assignee: value }),
			]) {
				const words = told(event);
				const lines = [words.headline, ...words.facts.flat()];
				for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
				const all = [...lines, words.comment ?? ""].join("");
				expect(all).not.toMatch(/[\u202A-\u202E\u2066\u2067]|[^\P{Cc}\n]/u);
				expect(all.match(/[\u2068\u2069]/g)).toEqual(["\u2068", "\u2069"]);
				expect(all.isWellFormed()).toBe(true);
			}
		}),
	);
});

test("a text that is plain already stays as it is, and a cut splits no character", () => {
	fc.assert(
		fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, most) => {
			expect(plainLines(plainLines(text))).toBe(plainLines(text));
			expect(plainLine(plainLine(text))).toBe(plainLine(text));
			const short = shortened(plainLine(text), most);
			expect(short.length).toBeLessThanOrEqual(most);
			expect(short.isWellFormed()).toBe(true);
		}),
	);
});
