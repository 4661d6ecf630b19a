import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { dayOf } from "../../shared/day.ts";
import type { TestCollector } from "./collector.ts";
import { madeUpAsks } from "./made-up-asks.ts";
import { queuedRevision } from "./queued-revision.ts";
import { APP } from "./session-tokens.ts";

const ZONE = "Europe/Rome";
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Names of what there is, for the paths of routes. */
export interface Things {
	readonly response: string;
	/** Of what else has an id, by the beginning of its routes. */
	readonly under: Readonly<Record<string, string>>;
	readonly customer: string;
	readonly transaction: string;
}

/**
 * Makes everything happen once that an owner or an operator can read of: answers over a year, of customers who come back, a fall with
 * its alerts, baselines, a case with its steps and notes, keys, secrets and apps, a queue that carried, letters that died, a count that
 * was mended, a history that was brought in, and a webhook with what was told there.
 */
export async function fillSite(collector: TestCollector): Promise<Things> {
	const { db, site } = collector;
	const now = Date.now();
	const send = async <Reply>(method: string, path: string, body: object = {}): Promise<Reply> => {
		const response = await collector.owner(path, { method, body: JSON.stringify(body) });
		if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
		return response.json();
	};
	await send("PATCH", "/v1/site", { segments: { plan: ["free", "gold"] } });
	await send("PATCH", "/v1/surveys/csat", {
		goal: 50,
		drivers: [{ id: "price", labels: { en: "Price", it: "Prezzo" } }, { id: "delivery" }, { id: "payment" }],
		wording: { it: { question: "Com'è andata?", levels: ["Male", "Così così", "Bene"] } },
		theme: { "--afterword-accent": "#0b57a4" },
		benchmarks: [{ value: 70, source: "Ourselves", year: 2025, country: "IT", url: "https://shop.example/score" }],
	});
	const key = await send<{ key: { id: string } }>("POST", "/v1/keys", { name: "Another", expires_at: "2100-01-01T00:00:00Z" });
	await send("POST", "/v1/shopify-apps", APP);
	await send("POST", "/v1/signing-secrets");
	await send("PATCH", "/v1/site", { token_mode: "off" });

	await loadAsks(db, { id: site.id, timezone: ZONE }, madeUpAsks(3_000, 350, 5, now));
	await loadAsks(db, { id: site.id, timezone: ZONE }, fallen(now), "fallen");
	await db
		.prepare(`UPDATE ask SET verified = 1, customer = 'ann-' || (shown_at % 700), "transaction" = id, page = ?1`)
		.bind("https://shop.example/thanks")
		.run();
	await db
		.prepare("UPDATE tally SET n = n + 1 WHERE site = ?1 AND day = ?2 AND key = ''")
		.bind(site.id, dayOf(now - 3 * DAY_MS, ZONE))
		.run();
	const other = await collector.makeSite({ name: "A shop that signs, and that a chore fails for" });
	await collector.owner("/v1/signing-secrets", { method: "POST" }, other);
	await db.prepare("UPDATE survey SET wording = 'unreadable' WHERE site = ?1 AND slug = 'nps'").bind(other.id).run();
	for (const minutes of [0, 5]) await collector.nightly(now + minutes * MINUTE_MS);

	const { responses } = await (await collector.owner("/v1/responses?group=low&commented=yes&driver=delivery")).json();
	const [{ id, customer, transaction }] = responses;
	await send("POST", "/v1/cases", { response: id });
	await send("POST", `/v1/cases/${id}/notes`, { text: "Called." });
	await send("PATCH", `/v1/cases/${id}`, { state: "contacted", assignee: "Ann", due_on: dayOf(now + DAY_MS, ZONE) });

	await collector.deliver(
		"afterword-ingest",
		[{ site: site.id, revision: queuedRevision(now, { id: "a".repeat(32), shownAt: now - 1_000 }) }],
		now - MINUTE_MS,
	);
	await collector.deliver(
		"afterword-dead",
		[{ site: site.id, revision: queuedRevision(now, { id: "b".repeat(32), shownAt: now - 1_000 }) }, "unreadable"],
		now - MINUTE_MS,
	);
	await collector.operator("/v1/dead-letters/replay", { method: "POST", body: "{}" });
	await collector.deliver(
		"afterword-dead",
		[{ site: site.id, revision: queuedRevision(now, { id: "c".repeat(32), shownAt: now - 1_000 }) }],
		now - MINUTE_MS,
	);
	await db
		.prepare(
			"INSERT INTO minute_failure (shard, step, since, at, times, reason) VALUES ('DB', 'events', ?1, ?1, 1, 'Overloaded')",
		)
		.bind(now)
		.run();
	const under = {
		"/v1/keys/": key.key.id,
		"/v1/imports/": await bringHistory(collector),
		...(await tellElsewhere(collector, id, now)),
	};
	return { response: id, under, customer, transaction };
}

/** Two lines from elsewhere, of which one is refused. */
async function bringHistory({ owner }: TestCollector): Promise<string> {
	const job = { source: "ndjson", survey: "nps", name: "From elsewhere" };
	const { id } = await (await owner("/v1/imports", { method: "POST", body: JSON.stringify(job) })).json();
	const lines = {
		method: "POST",
		headers: { "content-type": "application/x-ndjson" },
		body: '{"score":9,"shown_at":"2026-01-01","strange":1}\n{"score":99}',
	};
	await owner(`/v1/imports/${id}/lines?line=1`, lines);
	return id;
}

/** A webhook and a delivery for it that is over: nothing is sent anywhere. */
async function tellElsewhere({ owner, db, site }: TestCollector, subject: string, now: number) {
	const webhook = {
		kind: "webhook",
		name: "Our own",
		settings: { url: "https://hooks.shop-of-ann.com/afterword" },
		events: ["answer.scored"],
		filter: { surveys: ["nps"], groups: ["detractors"], segments: ["plan:gold"] },
		comments: true,
	};
	const made = await (await owner("/v1/webhooks", { method: "POST", body: JSON.stringify(webhook) })).json();
	const attempt = { at: new Date(now).toISOString(), outcome: "failed", status: 500, reason: "The target answered 500", ms: 12 };
	await db
		.prepare(
			`INSERT INTO delivery (site, id, endpoint, type, subject, body, state, created_at, due_at, tries, attempts, ended_at)
			VALUES (?1, 'msg_told', ?2, 'answer.scored', ?3, '{"type":"answer.scored"}', 'dead', ?4, ?4, 1, ?5, ?4)`,
		)
		.bind(site.id, made.webhook.id, subject, now, JSON.stringify([attempt]))
		.run();
	return { "/v1/webhooks/": made.webhook.id, "/v1/deliveries/": "msg_told" };
}

/** The last four weeks of a survey that nobody likes any more. */
function* fallen(now: number): Generator<LoadedAsk> {
	for (const ask of madeUpAsks(2_000, 27, 6, now - DAY_MS))
		if (ask.survey === "csat" && ask.status === "answered") yield { ...ask, score: 1 };
}
