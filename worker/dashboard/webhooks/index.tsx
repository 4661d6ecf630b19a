import { type Context, Hono } from "hono";
import { USUAL_DIGEST } from "../../../shared/digest-period.ts";
import type { DeliveryReplayReply, NewWebhookReply, RotatedReply, WebhookView } from "../../../shared/webhook-contract.ts";
import { ApiError } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { isolated } from "../../isolated.ts";
import { readerOf } from "../reader.ts";
import { endPage } from "../settings/end-page.tsx";
import { deliveryPage } from "./delivery-page.tsx";
import { bodyOf, formOf } from "./draft.ts";
import { formPage } from "./form-page.tsx";
import { KINDS } from "./kinds.ts";
import { listPage, offered } from "./list-page.tsx";
import { onePage } from "./one-page.tsx";
import { WORDS } from "./words.ts";

/** Calls of a thousand deliveries each that one press of a button makes. */
const MOST_CALLS = 5;

/** Where it is told: the places, what was told there, and once more. */
export const webhookPages = new Hono<AppEnv>();

webhookPages.get("/app/webhooks", listPage);

webhookPages.get("/app/webhooks/new/:kind", (c) =>
	newPage(c, new URLSearchParams({ events: "answer.scored", "filter-digest": USUAL_DIGEST }), null),
);

webhookPages.post("/app/webhooks/new/:kind", async (c) => {
	const form = c.get("form");
	const kind = c.req.param("kind");
	const body = { kind, ...bodyOf(form, KINDS[kind]?.fields ?? []) };
	try {
		const { webhook, secret } = await c.get("api").send<NewWebhookReply>("POST", "/v1/webhooks", body);
		if (secret === null) return c.redirect(`/app/webhooks/${webhook.id}?done=made`, 303);
		return onePage(c, webhook.id, { label: WORDS.secretOnce, value: secret });
	} catch (error) {
		return newPage(c, form, faulty(error));
	}
});

webhookPages.get("/app/webhooks/:id", (c) => onePage(c, c.req.param("id")));

webhookPages.get("/app/webhooks/:id/edit", async (c) => {
	const webhook = await read(c, c.req.param("id"));
	return editPage(c, webhook, formOf(webhook, KINDS[webhook.kind]?.fields ?? []), null);
});

webhookPages.post("/app/webhooks/:id/edit", async (c) => {
	const form = c.get("form");
	const webhook = await read(c, c.req.param("id"));
	try {
		await c.get("api").send("PATCH", addressOf(webhook.id), bodyOf(form, KINDS[webhook.kind]?.fields ?? []));
		return c.redirect(`/app/webhooks/${webhook.id}?done=changed`, 303);
	} catch (error) {
		return editPage(c, webhook, form, faulty(error));
	}
});

webhookPages.post("/app/webhooks/:id/test", async (c) => {
	const id = c.req.param("id");
	const { delivery } = await c.get("api").send<{ delivery: string }>("POST", `${addressOf(id)}/test`);
	return c.redirect(`/app/webhooks/${id}?test=${delivery}`, 303);
});

webhookPages.post("/app/webhooks/:id/pause", async (c) => {
	await c.get("api").send("PATCH", addressOf(c.req.param("id")), { active: false });
	return c.redirect(`/app/webhooks/${c.req.param("id")}?done=paused`, 303);
});

webhookPages.post("/app/webhooks/:id/resume", async (c) => {
	await c.get("api").send("PATCH", addressOf(c.req.param("id")), { active: true });
	return c.redirect(`/app/webhooks/${c.req.param("id")}?done=resumed`, 303);
});

webhookPages.get("/app/webhooks/:id/rotate", async (c) => {
	const { id, name } = await read(c, c.req.param("id"));
	const { rotateTitle, rotateText, rotateYes } = WORDS;
	return endPage(c, {
		part: "/app/webhooks",
		title: rotateTitle(isolated(name)),
		text: rotateText,
		yes: rotateYes,
		back: `/app/webhooks/${id}`,
	});
});

webhookPages.post("/app/webhooks/:id/rotate", async (c) => {
	const { webhook, secret, previous_until } = await c
		.get("api")
		.send<RotatedReply>("POST", `${addressOf(c.req.param("id"))}/rotate`);
	const until = readerOf(c, c.get("site").timezone).moment(Date.parse(previous_until));
	return onePage(c, webhook.id, { label: WORDS.rotatedOnce(until), value: secret });
});

webhookPages.get("/app/webhooks/:id/delete", async (c) => {
	const { id, name } = await read(c, c.req.param("id"));
	const { removeTitle, removeText, removeYes } = WORDS;
	return endPage(c, {
		part: "/app/webhooks",
		title: removeTitle(isolated(name)),
		text: removeText,
		yes: removeYes,
		back: `/app/webhooks/${id}`,
	});
});

webhookPages.post("/app/webhooks/:id/delete", async (c) => {
	await c.get("api").send("DELETE", addressOf(c.req.param("id")));
	return c.redirect("/app/webhooks", 303);
});

webhookPages.post("/app/webhooks/:id/replay", async (c) => {
	const id = c.req.param("id");
	const range = { from: new Date(0).toISOString(), to: new Date().toISOString(), state: "dead" };
	let replayed = 0;
	let cursor: string | null = null;
	for (let calls = 0; calls < MOST_CALLS; calls++) {
		const body: object = cursor === null ? range : { ...range, cursor };
		const reply: DeliveryReplayReply = await c.get("api").send<DeliveryReplayReply>("POST", `${addressOf(id)}/replay`, body);
		replayed += reply.replayed;
		cursor = reply.next;
		if (cursor === null) break;
	}
	return c.redirect(`/app/webhooks/${id}?replayed=${replayed}${cursor === null ? "" : "&more"}`, 303);
});

webhookPages.get("/app/deliveries/:id", (c) => deliveryPage(c, c.req.param("id")));

webhookPages.post("/app/deliveries/:id/replay", async (c) => {
	const id = c.req.param("id");
	await c.get("api").send("POST", `/v1/deliveries/${encodeURIComponent(id)}/replay`);
	return c.redirect(`/app/deliveries/${id}?done=again`, 303);
});

const addressOf = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`;

const read = (c: Context<AppEnv>, id: string) => c.get("api").get<WebhookView>(addressOf(id));

/** A refusal that names fields. @throws any other */
function faulty(error: unknown): ApiError {
	if (error instanceof ApiError && error.faults.length > 0) return error;
	throw error;
}

function newPage(c: Context<AppEnv>, form: URLSearchParams, refused: ApiError | null) {
	const kind = c.req.param("kind") ?? "";
	const words = offered(c.env).find(([name]) => name === kind)?.[1];
	if (!words) throw ApiError.notFound("kind", "must be a kind of place that is offered");
	const title = WORDS.addTitle(words.name);
	return formPage(c, { kind, title, form, faults: refused?.faults ?? [], does: WORDS.make, back: "/app/webhooks" });
}

function editPage(c: Context<AppEnv>, { id, kind, name, hint }: WebhookView, form: URLSearchParams, refused: ApiError | null) {
	const title = WORDS.editTitle(isolated(name));
	return formPage(c, { kind, title, form, faults: refused?.faults ?? [], does: WORDS.save, back: `/app/webhooks/${id}`, hint });
}
