import { Hono } from "hono";
import * as z from "zod";
import { keptReference } from "../../shared/identifier-contract.ts";
import { erasedReply } from "../../shared/response-contract.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { erase } from "../erase.ts";

/** Owner: one order's right to be forgotten. */
export const transactions = new Hono<AppEnv>().delete(
	"/v1/transactions/:transaction",
	describe({
		tag: "Answers",
		summary: "Erase a transaction",
		description:
			"Every answer that names the transaction, signed or claimed, loses customer, transaction, comment and page; so does what was shown before and arrives later. Scores stay, nameless.",
		who: "a key with the scope erase",
		answers: { 200: json(erasedReply, "How many were erased; 0 where none was left") },
		problems: ["invalid_request"],
	}),
	requireKey("erase"),
	checked("param", z.object({ transaction: keptReference.describe("The order's number.").meta({ examples: ["1001"] }) })),
	async (c) => {
		const { transaction } = c.req.valid("param");
		return c.json({ erased: await erase(c.env, c.get("site"), "transaction", transaction, Date.now()) });
	},
);
