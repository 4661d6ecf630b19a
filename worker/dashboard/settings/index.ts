import { Hono } from "hono";
import type { AppEnv } from "../../env.ts";
import { auditPages } from "./audit.tsx";
import { baselinePages } from "./baselines.tsx";
import { keyPages } from "./keys.tsx";
import { retentionPages } from "./retention.tsx";
import { shopifyPages } from "./shopify.tsx";
import { signingPages } from "./signing.tsx";
import { sitePages } from "./site.tsx";
import { surveyPages } from "./survey.tsx";
import { surveysPages } from "./surveys.tsx";

/** The settings: every page here changes by the API what the API can change. */
export const settings = new Hono<AppEnv>()
	.route("/", sitePages)
	.route("/", surveysPages)
	.route("/", surveyPages)
	.route("/", baselinePages)
	.route("/", signingPages)
	.route("/", shopifyPages)
	.route("/", retentionPages)
	.route("/", keyPages)
	.route("/", auditPages);
