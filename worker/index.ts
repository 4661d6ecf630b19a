import { app } from "./app.ts";
import { consumeSweeps } from "./deliver/deliver-queue.ts";
import { everyMinute } from "./deliver/every-minute.ts";
import type { Env } from "./env.ts";
import { consumeDead, consumeIngest } from "./ingest-queue.ts";
import { nightly } from "./nightly.ts";

/** What reads each queue of wrangler.toml. */
const CONSUMERS = { "afterword-ingest": consumeIngest, "afterword-dead": consumeDead, "afterword-deliver": consumeSweeps };

/** Where the Worker starts: requests, what the queues bring, and the runs that wrangler.toml asks for. */
export default {
	fetch: app.fetch,
	queue: (batch, env) => CONSUMERS[batch.queue as keyof typeof CONSUMERS](env, batch, Date.now),
	scheduled: ({ cron, scheduledTime }, env, ctx) =>
		ctx.waitUntil((cron === "* * * * *" ? everyMinute : nightly)(env, scheduledTime, Date.now)),
} satisfies ExportedHandler<Env>;
