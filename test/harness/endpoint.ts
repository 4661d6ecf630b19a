import type { NewWebhookReply } from "../../shared/webhook-contract.ts";
import type { TestCollector } from "./collector.ts";

/** What is told of answers, cases and alerts. */
const EVENTS = ["answer.scored", "answer.updated", "case.opened", "case.resolved", "alert.opened", "alert.cleared"];

/** Adds a webhook to a site of a collector that lets deliveries go to this machine, and gives its id and its secret. */
export async function makeEndpoint(
	collector: TestCollector,
	url: string,
	changes: { readonly events?: readonly string[]; readonly filter?: object; readonly comments?: boolean } = {},
	site = collector.site,
): Promise<{ id: string; secret: string }> {
	const body = { kind: "webhook", name: "The tests'", settings: { url }, events: EVENTS, comments: false, ...changes };
	const response = await collector.owner("/v1/webhooks", { method: "POST", body: JSON.stringify(body) }, site);
	if (response.status !== 201) throw new Error(`No webhook: ${await response.text()}`);
	const { webhook, secret }: NewWebhookReply = await response.json();
	return { id: webhook.id, secret: secret ?? "" };
}
