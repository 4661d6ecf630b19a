import { Hono } from "hono";
import * as z from "zod";
import { reappliedReply } from "../../shared/response-contract.ts";
import { bodyOf, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireOperator } from "../door/require-operator.ts";
import type { AppEnv } from "../env.ts";
import { type Position, reapplyErasures as step } from "../reapply-erasures.ts";

const CURSOR = /^(list|asks|letters):(\w*):(.*)$/;

const wanted = z
	.strictObject({
		cursor: z
			.string()
			.max(2_000)
			.regex(CURSOR, "must be the next of an earlier step")
			.optional()
			.describe("`next` of the step before; left out to begin."),
	})
	.meta({ id: "ReapplyErasures", examples: [{}, { cursor: "asks:Zq3vT81kLmNx:4b1d9b6de2f84c5f" }] });

/** Operator: what was erased stays erased when the database is restored to an earlier time. */
export const reapplyErasures = new Hono<AppEnv>().post(
	"/v1/reapply-erasures",
	describe({
		tag: "Operator",
		summary: "Erase again what a restored database has brought back",
		description: "One step of many, over every site; `npm run reapply-erasures` takes them all. Any step can be repeated.",
		who: "the operator's key",
		body: bodyOf(wanted),
		answers: { 200: json(reappliedReply, "What the step did, and where the next one begins") },
	}),
	requireOperator,
	async (c) => {
		const { cursor } = await parseBody(c.req.raw, wanted);
		const { next, ...done } = await step(c.env, cursor === undefined ? null : positionOf(cursor), Date.now());
		return c.json({ ...done, next: next && `${next.stage}:${next.site}:${next.after}` });
	},
);

function positionOf(cursor: string): Position {
	const [, stage, site = "", after = ""] = CURSOR.exec(cursor) ?? [];
	return { stage: stage as Position["stage"], site, after };
}
