import { Hono } from "hono";
import * as z from "zod";
import { keptReference } from "../../shared/identifier-contract.ts";
import { customerReply, erasedReply } from "../../shared/response-contract.ts";
import { answerView } from "../answer-view.ts";
import { ApiError } from "../api-error.ts";
import { answersOfCustomer } from "../db/answers.ts";
import { dbFor } from "../db/db-for.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { erase } from "../erase.ts";

const path = checked(
	"param",
	z.object({
		customer: keptReference
			.describe("As the merchant's server signs it, or a page says it.")
			.meta({ examples: ["ann@shop.example"] }),
	}),
);

/** Owner: one customer's answers, and their right to be forgotten. */
export const customers = new Hono<AppEnv>();

customers.get(
	"/v1/customers/:customer",
	describe({
		tag: "Answers",
		summary: "Read a verified customer's answers",
		who: "a key with the scope responses:read",
		answers: { 200: json(customerReply, "Newest first, at most 500") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:read"),
	path,
	async (c) => {
		const { customer } = c.req.valid("param");
		const site = c.get("site");
		const rows = await answersOfCustomer(dbFor(c.env, site), site.id, customer);
		if (rows.length === 0) throw ApiError.notFound("customer", "no signed answer names this customer");
		return c.json({ customer, responses: rows.map(answerView) });
	},
);

customers.delete(
	"/v1/customers/:customer",
	describe({
		tag: "Answers",
		summary: "Erase a customer",
		description:
			"Every answer that names the customer, signed or claimed, loses customer, transaction, comment and page, and its case its notes; so does what was shown before and arrives later. Scores stay, nameless. Answers that name only an order of theirs are erased by it.",
		who: "a key with the scope erase",
		answers: { 200: json(erasedReply, "How many were erased; 0 where none was left") },
		problems: ["invalid_request"],
	}),
	requireKey("erase"),
	path,
	async (c) => {
		const { customer } = c.req.valid("param");
		return c.json({ erased: await erase(c.env, c.get("site"), "customer", customer, Date.now()) });
	},
);
