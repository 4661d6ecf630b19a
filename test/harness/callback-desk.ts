import { createHash } from "node:crypto";
import type { Ask } from "../../shared/ask-contract.ts";
import type { CaseItem, CaseView } from "../../shared/case-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "./collector.ts";

/** Where somebody is to be reached, as it is kept. */
export interface KeptCallback {
	readonly ask: string;
	readonly contact: string;
	/** Unix milliseconds. */
	readonly asked_at: number;
}

/** A site that offers detractors of its nps a call back, and whose owner reads its cases over the API. */
export interface CallbackDesk {
	readonly collector: TestCollector;
	/** The site of this test. */
	readonly site: TestSite;
	/** Makes the test's site, before each test. */
	begin(): Promise<void>;
	/** Sets a site's offers after an nps answer. */
	offer(rules: object, of?: TestSite): Promise<Response>;
	/** An ask of the site, a 3 unless said otherwise. */
	askOf(changes?: Partial<Ask>): Ask;
	/** Sends an ask, and gives what the shopper's browser is told. */
	send(ask: Ask): Promise<{ status: string; dropped?: string[] }>;
	/** Takes the site's answers at once, or through the queue. */
	through(ingest: "direct" | "queue"): Promise<Response>;
	/** The id under which an ask, and its case, is kept. */
	keptId(ask: Ask): string;
	/** What the API says of the site at a path. */
	read<Reply>(path: string): Promise<Reply>;
	caseOf(ask: Ask): Promise<CaseView>;
	/** All cases, or those that more of a query lists, such as `&callbacks=only`. */
	cases(query?: string): Promise<CaseItem[]>;
	/** Who is to be reached, by the ids of their asks. */
	kept(): Promise<KeptCallback[]>;
	/** Where, in the same order. */
	contacts(): Promise<string[]>;
	stop(): Promise<void>;
}

/** Starts a collector that may tell this machine of its cases. */
export async function openCallbacks(): Promise<CallbackDesk> {
	const collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
	let site = collector.site;

	const patch = (path: string, body: object, of = site) =>
		collector.owner(path, { method: "PATCH", body: JSON.stringify(body) }, of);
	const offer: CallbackDesk["offer"] = (rules, of) => patch("/v1/surveys/nps", { follow_up: rules }, of);
	const keptId: CallbackDesk["keptId"] = ({ id }) => createHash("sha256").update(`${site.id}:${id}`).digest("hex").slice(0, 32);
	const read: CallbackDesk["read"] = async (path) => (await collector.owner(path, {}, site)).json();
	const kept: CallbackDesk["kept"] = async () => {
		const query = "SELECT ask, contact, asked_at FROM callback WHERE site = ?1 ORDER BY ask";
		return (await collector.db.prepare(query).bind(site.id).all<KeptCallback>()).results;
	};

	return {
		collector,
		get site() {
			return site;
		},
		async begin() {
			site = await collector.makeSite();
			await offer({ detractors: { kind: "callback" } });
		},
		offer,
		askOf: (changes) => ({ ...collector.ask({ score: 3, ...changes }), site: site.publicKey }),
		send: async (ask) => (await collector.send(ask)).json(),
		through: (ingest) => patch("/v1/site", { ingest }),
		keptId,
		read,
		caseOf: (ask) => read<CaseView>(`/v1/cases/${keptId(ask)}`),
		cases: async (query = "") => (await read<{ cases: CaseItem[] }>(`/v1/cases?state=all${query}`)).cases,
		kept,
		contacts: async () => (await kept()).map(({ contact }) => contact),
		stop: () => collector.stop(),
	};
}
