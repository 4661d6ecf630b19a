import type { DeliveryView, NewWebhookReply, WebhookView } from "../../shared/webhook-contract.ts";
import type { TestSite } from "./collector.ts";
import { type DeliveryStage, setDeliveryStage } from "./delivery-stage.ts";

/** A delivery as it is put into the log: its moments are Unix milliseconds, and it ended when it was made unless said otherwise. */
export interface LoggedDelivery {
	readonly id: string;
	readonly state: string;
	readonly madeAt: number;
	readonly endedAt?: number;
	/** The answer that it tells of. */
	readonly subject?: string;
}

/** A site whose owner adds webhooks over the API, all to the test's target. */
export interface WebhookDesk extends DeliveryStage {
	/** A request of the owner, or of whoever has another key. */
	call(method: string, path: string, body?: unknown, of?: TestSite): Promise<Response>;
	/** What a webhook is declared as, but for `changes`. */
	declared(changes?: object): Readonly<Record<string, unknown>>;
	/** Adds a webhook. */
	added(changes?: object): Promise<NewWebhookReply>;
	/** A webhook as the API shows it. */
	read(id: string): Promise<WebhookView>;
	/** What was told of one delivery once it is no longer pending; twenty seconds at most. */
	ended(id: string): Promise<DeliveryView>;
	/** Puts deliveries for a webhook into the log, as the run of each minute would. */
	keep(webhook: string, deliveries: readonly LoggedDelivery[]): Promise<void>;
}

/** Starts a collector whose webhooks may go to this machine. */
export async function openWebhooks(): Promise<WebhookDesk> {
	const stage = await setDeliveryStage();
	const { collector, begin, end, stop } = stage;

	const call: WebhookDesk["call"] = (method, path, body, of = stage.site) =>
		collector.owner(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, of);

	const declared = (changes: object = {}) => ({
		kind: "webhook",
		name: "Our server",
		settings: { url: `${stage.target.url}/in` },
		events: ["answer.scored", "case.opened"],
		...changes,
	});

	return {
		collector,
		begin,
		end,
		stop,
		get site() {
			return stage.site;
		},
		get target() {
			return stage.target;
		},
		call,
		declared,
		async added(changes) {
			const reply = await call("POST", "/v1/webhooks", declared(changes));
			if (reply.status !== 201) throw new Error(`No webhook: ${await reply.text()}`);
			return reply.json();
		},
		read: async (id) => (await call("GET", `/v1/webhooks/${id}`)).json(),
		async ended(id) {
			for (const until = Date.now() + 20_000; Date.now() < until; ) {
				const delivery: DeliveryView = await (await call("GET", `/v1/deliveries/${id}`)).json();
				if (delivery.state !== "pending") return delivery;
				await new Promise((later) => setTimeout(later, 50));
			}
			throw new Error(`Delivery ${id} is still pending`);
		},
		async keep(webhook, deliveries) {
			await collector.db
				.prepare(
					`INSERT INTO delivery (site, id, endpoint, type, subject, body, state, created_at, due_at, tries, ended_at)
					SELECT ?1, json_extract(value, '$.id'), ?2, 'answer.scored', coalesce(json_extract(value, '$.subject'), 's'),
						'{"type":"answer.scored","timestamp":"2026-11-01T00:00:00.000Z","data":{"score":3}}', json_extract(value, '$.state'),
						json_extract(value, '$.madeAt'), json_extract(value, '$.madeAt'), 3,
						iif(json_extract(value, '$.state') = 'pending', NULL, coalesce(json_extract(value, '$.endedAt'), json_extract(value, '$.madeAt')))
					FROM json_each(?3)`,
				)
				.bind(stage.site.id, webhook, JSON.stringify(deliveries))
				.run();
		},
	};
}

/** The fields that a request was refused for. */
export async function faultsOf(reply: Response): Promise<string[]> {
	if (reply.status !== 400) throw new Error(`Not refused: ${reply.status} ${await reply.text()}`);
	return ((await reply.json()).errors as { field: string }[]).map(({ field }) => field);
}
