import * as z from "zod";
import { alertEventData, answerEventData, caseEventData } from "./event-contract.ts";

/** The events that an automation tool can be told of, one a hook. */
export const HOOK_EVENTS = [
	"answer.scored",
	"answer.updated",
	"case.opened",
	"case.resolved",
	"alert.opened",
	"alert.cleared",
] as const;

export type HookEvent = (typeof HOOK_EVENTS)[number];

/** What Zapier, Make and n8n send to subscribe; `targetUrl` is spelt as they spell it. */
export const newHook = z
	.strictObject({
		targetUrl: z.string().min(1).max(2_048).describe("Where the tool wants to be told. It answers 410 once it does no more."),
		event: z.enum(HOOK_EVENTS),
		comments: z.boolean().default(false).describe("Whether what customers wrote goes along."),
	})
	.meta({ id: "NewHook", examples: [{ targetUrl: "https://hooks.zapier.com/hooks/standard/1/abc", event: "answer.scored" }] });

export const newHookReply = z.object({ id: z.string() }).meta({ id: "NewHookReply" });

const envelope = { type: z.enum(HOOK_EVENTS), timestamp: z.iso.datetime() };

/** An event as a hook is told of it: everything at the top, for tools that take no objects. */
export const hookEvent = z.union([
	answerEventData.extend(envelope).meta({ id: "AnswerHookEvent" }),
	caseEventData.extend(envelope).meta({ id: "CaseHookEvent" }),
	alertEventData.extend(envelope).meta({ id: "AlertHookEvent" }),
]);
