import { createHash, randomUUID } from "node:crypto";
import { STATUSES, type Status } from "../../shared/outcome.ts";
import type { TestCollector, TestSite } from "../harness/collector.ts";
import { type Signer, tokenOf } from "./signed-orders.ts";

/** A site of the soak and what its shop signs orders with. */
export interface SoakSite {
	readonly site: TestSite;
	readonly signer: Signer;
}

/** One revision, as it was acknowledged. */
export interface Said {
	readonly rev: number;
	readonly status: Status;
	readonly score: number | null;
	readonly comment: string | null;
}

/** One ask as the shopper knows it, and so as the database must have it. */
export interface KnownAsk {
	readonly site: string;
	/** The client's, and the one it is stored under. */
	readonly clientId: string;
	readonly id: string;
	readonly transaction: string;
	/** Of what was acknowledged, what outranks the rest; null before the first. */
	stands: Said | null;
	/** The furthest that went through the queue. */
	queued: Said | null;
	fate: "live" | "erased" | "deleted";
}

/** What happened, counted. */
export const counts = {
	asks: 0,
	requests: 0,
	acknowledged: 0,
	queued: 0,
	retried: 0,
	edits: 0,
	dismissed: 0,
	erased: 0,
	deleted: 0,
};

export type Counts = typeof counts;

const AGAIN_MS = 150;
const rank = (status: Status) => STATUSES.indexOf(status);

/** Whether a revision outranks another: by status, then by number. */
export function outranks(one: Said, other: Said): boolean {
	const climbs = rank(one.status) - rank(other.status);
	return climbs > 0 || (climbs === 0 && one.rev > other.rev);
}

/** A shopper with a few orders: is asked after each, answers or not, changes their mind, and sends again what may not have arrived. */
export class Shopper {
	readonly asks: KnownAsk[] = [];
	readonly customer = `c-${randomUUID()}`;
	readonly #collector: TestCollector;
	readonly #at: SoakSite;

	constructor(collector: TestCollector, at: SoakSite) {
		this.#collector = collector;
		this.#at = at;
	}

	/** Goes through one order. */
	async shop(): Promise<void> {
		const clientId = randomUUID();
		const { site } = this.#at;
		const ask: KnownAsk = {
			site: site.id,
			clientId,
			id: createHash("sha256").update(`${site.id}:${clientId}`).digest("hex").slice(0, 32),
			transaction: randomUUID(),
			stands: null,
			queued: null,
			fate: "live",
		};
		this.asks.push(ask);
		counts.asks++;
		const said = revisions();
		for (const revision of said) {
			await this.say(ask, revision);
			if (Math.random() < 0.15) await this.say(ask, revision, true);
		}
		// A tab that slept wakes and sends what another has long outdone.
		const [first] = said;
		if (first && said.length > 1 && Math.random() < 0.1) await this.say(ask, first, true);
	}

	/** The merchant erases the customer; what the customer's tabs send afterwards changes nothing. */
	async erase(): Promise<void> {
		await this.#own(`/v1/customers/${this.customer}`, [200]);
		for (const ask of this.asks) if (ask.fate === "live") ask.fate = "erased";
		counts.erased++;
		await this.#sayLate();
	}

	/** The merchant deletes the last answer; a late retry does not bring it back. */
	async delete(): Promise<void> {
		const ask = this.asks.at(-1);
		if (!ask) return;
		await this.#own(`/v1/responses/${ask.id}`, [204, 404]); // 404: a request whose reply was lost has done it.
		ask.fate = "deleted";
		counts.deleted++;
		await this.#sayLate();
	}

	async #sayLate(): Promise<void> {
		const ask = this.asks.at(-1);
		if (ask?.stands) await this.say(ask, { ...ask.stands, rev: ask.stands.rev + 1, comment: "too late" }, true);
	}

	/** Sends a revision until it is acknowledged. */
	async say(ask: KnownAsk, said: Said, again = false): Promise<void> {
		const { site, signer } = this.#at;
		const body = {
			v: 1,
			site: site.publicKey,
			survey: "nps",
			version: 1,
			id: ask.clientId,
			rev: said.rev,
			status: said.status,
			...(said.score === null ? {} : { score: said.score, drivers: said.rev > 2 ? ["price"] : [] }),
			...(said.comment === null ? {} : { comment: said.comment }),
			token: tokenOf(signer, ask.transaction, this.customer),
			segments: { plan: Math.random() < 0.5 ? "free" : "gold" },
			age_ms: 0,
		};
		if (again) counts.retried++;
		for (let tries = 0; ; tries++) {
			if (tries > 0) counts.retried++;
			counts.requests++;
			const reply = await this.#collector.send(body, { "cf-connecting-ip": anAddress() }).catch(() => null);
			const text = await reply?.text().catch(() => null);
			if (reply?.ok && text) {
				counts.acknowledged++;
				if (ask.fate === "live") this.#note(ask, said, reply.status === 202);
				return;
			}
			if (reply && !reply.ok && reply.status < 500) throw new Error(`${reply.status} ${text}`);
			await new Promise((later) => setTimeout(later, AGAIN_MS));
		}
	}

	#note(ask: KnownAsk, said: Said, queued: boolean): void {
		if (said.rev > 1) counts.edits++;
		if (said.status === "dismissed") counts.dismissed++;
		if (!ask.stands || outranks(said, ask.stands)) ask.stands = said;
		if (!queued) return;
		counts.queued++;
		if (!ask.queued || outranks(said, ask.queued)) ask.queued = said;
	}

	async #own(path: string, done: readonly number[]): Promise<void> {
		for (;;) {
			const reply = await this.#collector.owner(path, { method: "DELETE" }, this.#at.site).catch(() => null);
			await reply?.arrayBuffer().catch(() => null);
			if (reply && done.includes(reply.status)) return;
			if (reply && !reply.ok && reply.status < 500) throw new Error(`DELETE ${path}: ${reply.status}`);
			await new Promise((later) => setTimeout(later, AGAIN_MS));
		}
	}
}

/** One of few: Miniflare looks through all addresses of a minute when one comes that it does not know. */
const anAddress = () => `198.18.0.${Math.floor(Math.random() * 64)}`;

/** What one shopper says of one order, in order. */
function revisions(): Said[] {
	const score = Math.floor(Math.random() * 11);
	const shown: Said = { rev: 0, status: "shown", score: null, comment: null };
	const dismissed: Said = { rev: 1, status: "dismissed", score: null, comment: null };
	const tap: Said = { rev: 1, status: "answered", score, comment: null };
	const commented: Said = { rev: 3, status: "answered", score, comment: `Said ${randomUUID()}.` };
	const fate = Math.random();
	if (fate < 0.1) return [shown];
	if (fate < 0.2) return [dismissed];
	if (fate < 0.25) return [shown, dismissed, { ...tap, rev: 2 }];
	if (fate < 0.4) return [shown, tap];
	if (fate < 0.75) return [tap];
	return [tap, { ...tap, rev: 2, score: (score + 1) % 11 }, commented];
}
