import { Hono } from "hono";
import type { Receipt } from "../../../shared/ask-contract.ts";
import { ApiError } from "../../api-error.ts";
import { brakeAddress } from "../../door/limits.ts";
import { parseAsk } from "../../door/parse-ask.ts";
import { readBody } from "../../door/read-body.ts";
import type { AppEnv } from "../../env.ts";
import { isKey } from "../../keys/key.ts";
import { onError } from "../../on-error.ts";
import { sharedScore } from "../../shared-score.ts";
import { openSite } from "../../site-cache.ts";

/**
 * Where a preview's answers go: read and answered as `POST /v1/responses` does, and never stored. The widget sends them without the
 * session's cookie, as it does everywhere, so this door asks for none; what it says is public already.
 */
export const previewAnswers = new Hono<AppEnv>();

previewAnswers.onError(onError);

previewAnswers.on("POST", ["/app/preview/v1/responses", "/app/preview/:sketch/v1/responses"], async (c) => {
	const now = Date.now();
	await brakeAddress(c, Date.now());
	const { ask, dropped } = parseAsk(await readBody(c.req.raw, ["text/plain", "application/json"]));
	const open = isKey("aw_pub_", ask.site) ? await openSite(c.env, ask.site, now) : null;
	if (!open) throw ApiError.notFound("site", "no site has this public key");
	const survey = open.surveys.find(({ slug }) => slug === ask.survey);
	const score = survey?.shareScore && ask.status === "answered" ? await sharedScore(c.env, open.site, survey, now) : null;
	const reply: Receipt = { status: "stored", ...(dropped.length > 0 ? { dropped } : {}), ...(score ? { score } : {}) };
	return c.json(reply, 201);
});
