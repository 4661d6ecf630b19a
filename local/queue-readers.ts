import type { V4WorkerOptions } from "miniflare";

/** The queue of calls for sweeps. */
const QUEUE = "afterword-deliver";

const SCRIPT = `
	export default {
		queue({ queue, messages }, env, ctx) {
			ctx.waitUntil(env.WORKER.queue(queue, messages.map(({ id, timestamp, attempts, body }) => ({ id, timestamp, attempts, body }))));
		},
	};`;

type Consumers = Readonly<Record<string, object>>;

/**
 * Splits the queues that wrangler.toml lets the built Worker read: those it reads here too, and a Worker beside it that takes the calls for
 * sweeps and passes each on without waiting for it. So they are swept side by side, as Cloudflare's queues do it; Miniflare's bring one
 * batch only after the one before has ended.
 */
export function queueReaders(queueConsumers: unknown, worker: string): { own: Consumers; calls: V4WorkerOptions } {
	const { [QUEUE]: consumer, ...own }: Record<string, object> = Object(queueConsumers);
	const calls: V4WorkerOptions = {
		name: "calls",
		modules: true,
		script: SCRIPT,
		compatibilityDate: "2026-10-01",
		compatibilityFlags: ["queue_consumer_no_wait_for_wait_until", "service_binding_extra_handlers"],
		serviceBindings: { WORKER: worker },
		queueConsumers: consumer ? { [QUEUE]: consumer } : {},
	};
	return { own, calls };
}
