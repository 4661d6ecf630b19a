import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { midnightOf } from "../../shared/day.ts";
import type { DigestEventData } from "../../shared/digest-contract.ts";
import type { TestSite } from "./collector.ts";
import { type DeliveryStage, setDeliveryStage } from "./delivery-stage.ts";
import { makeEndpoint } from "./endpoint.ts";

const ZONE = "Europe/Rome";

/** Half an hour into a Monday in Rome that is the 1st of its month. */
export const AT = midnightOf("2026-06-01", ZONE) + 30 * 60_000;

/** The week before it. */
export const WEEK = { from: "2026-05-25", to: "2026-05-31" } as const;

/** Noon of a day, by the clock of Greenwich. */
export const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** What an endpoint wants to be told. */
export interface Wanted {
	readonly filter?: object;
	readonly comments?: boolean;
	/** Digests alone, unless said otherwise. */
	readonly events?: readonly string[];
}

/** A digest as it waits to be told. */
export interface KeptDigest {
	readonly endpoint: string;
	readonly subject: string;
	readonly body: string;
	/** What the body says. */
	readonly data: DigestEventData;
}

/** A site in Rome, unless a test makes another (`of`), that is told of at the test's target. */
export interface DigestDesk extends DeliveryStage {
	/** Adds an endpoint, and gives its id and its secret. */
	endpoint(wanted?: Wanted, of?: TestSite): Promise<{ id: string; secret: string }>;
	/** The night of this site alone, at `AT` unless said otherwise. */
	night(now?: number, of?: TestSite): Promise<void>;
	/** What was kept to be told, of this site. */
	kept(of?: TestSite): Promise<KeptDigest[]>;
	/** Sends what is due, and gives what came once it is so many. */
	told(secret: string, count?: number): Promise<DigestEventData[]>;
	/** Asks that were asked some time ago. */
	load(asks: Iterable<LoadedAsk>, where?: { readonly of?: TestSite; readonly timezone?: string }): Promise<void>;
}

/** Starts a collector whose digests may go to this machine. */
export async function openDigests(): Promise<DigestDesk> {
	const stage = await setDeliveryStage();
	const { collector, end, stop } = stage;
	let loads = 0;
	return {
		collector,
		end,
		stop,
		get site() {
			return stage.site;
		},
		get target() {
			return stage.target;
		},
		begin: () => stage.begin({ name: "Harbour & Pine" }),
		endpoint: ({ events = ["digest"], ...wanted } = {}, of = stage.site) =>
			makeEndpoint(collector, stage.target.url, { events, ...wanted }, of),
		async night(now = AT, of = stage.site) {
			await collector.db.prepare("UPDATE site SET evaluate_at = iif(id = ?1, 0, 9e15)").bind(of.id).run();
			await collector.nightly(now);
		},
		async kept(of = stage.site) {
			const { results } = await collector.db
				.prepare("SELECT endpoint, subject, body FROM delivery WHERE site = ?1 ORDER BY endpoint, subject")
				.bind(of.id)
				.all<{ endpoint: string; subject: string; body: string }>();
			return results.map((row) => ({ ...row, data: JSON.parse(row.body).data }));
		},
		async told(secret, count = 1) {
			await collector.minute(Date.now());
			await stage.target.until(count);
			return stage.target.verified(secret).map(({ data }) => data as unknown as DigestEventData);
		},
		async load(asks, { of = stage.site, timezone = ZONE } = {}) {
			await loadAsks(collector.db, { id: of.id, timezone }, asks, `digest-${loads++}`);
		},
	};
}
