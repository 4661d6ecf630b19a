import { app } from "./app.ts";
import type { Env } from "./env.ts";
import { consumeDead, consumeIngest } from "./ingest-queue.ts";
import { nightly } from "./nightly.ts";

/** Where the Worker starts: requests, what the queues bring, and the run that wrangler.toml asks for. */
export default {
	fetch: app.fetch,
	queue: (batch, env) =>
		batch.queue === "afterword-dead" ? consumeDead(env, batch, Date.now) : consumeIngest(env, batch, Date.now),
	scheduled: (controller, env, ctx) => ctx.waitUntil(nightly(env, controller.scheduledTime, Date.now)),
} satisfies ExportedHandler<Env>;
