import { app } from "./app.ts";
import type { Env } from "./env.ts";
import { nightly } from "./nightly.ts";

/** Where the Worker starts: requests, and the run that wrangler.toml asks for. */
export default {
	fetch: app.fetch,
	scheduled: (controller, env, ctx) => ctx.waitUntil(nightly(env, controller.scheduledTime)),
} satisfies ExportedHandler<Env>;
