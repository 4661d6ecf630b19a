import { Hono } from "hono";
import * as z from "zod";
import { health as healthSchema } from "../../shared/operator-contract.ts";
import { checked, describe, json } from "../describe.ts";
import { requireOperator } from "../door/require-operator.ts";
import type { AppEnv } from "../env.ts";
import { healthOf } from "../health.ts";

const query = z.strictObject({
	after: z
		.string()
		.max(64)
		.default("")
		.describe("`signing.next` of the page before.")
		.meta({ examples: ["Zq3vT81kLmNx"] }),
});

/** Operator: how the Worker fares. */
export const health = new Hono<AppEnv>().get(
	"/v1/health",
	describe({
		tag: "Operator",
		summary: "Read how the Worker fares",
		description:
			"The scheduled run and what waits for it, the ingest queue, dead letters, deliveries, what the recount mended, unsigned answers. Reads a bounded number of rows.",
		who: "the operator's key",
		answers: { 200: json(healthSchema, "How it fares") },
		problems: ["invalid_request"],
	}),
	requireOperator,
	checked("query", query),
	async (c) => c.json(await healthOf(c.env, Date.now(), c.req.valid("query").after)),
);
