import type { Ask } from "../../shared/ask-contract.ts";
import type { CaseItem } from "../../shared/case-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "./collector.ts";

/** A site whose shoppers answer low and whose owner looks after cases over the API. */
export interface CaseDesk {
	readonly collector: TestCollector;
	/** The site of this test. */
	readonly site: TestSite;
	/** Makes the test's site, before each test. */
	begin(): Promise<void>;
	/** Sends an answer, a 3 unless said otherwise, and gives the ask as it was sent. */
	answer(changes?: Partial<Ask>): Promise<Ask>;
	/** A request of the owner, or of whoever has another key. */
	call(method: string, path: string, body?: object, of?: TestSite): Promise<Response>;
	/** What the API says to such a request of the owner. */
	said<Reply>(method: string, path: string, body?: object): Promise<Reply>;
	/** The cases that a query lists, else all. */
	cases(query?: string): Promise<CaseItem[]>;
	/** The id of the newest answer. */
	newest(): Promise<string>;
	/** Makes what was asked, and its cases, so much older. */
	age(ms: number): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a collector. */
export async function openCases(): Promise<CaseDesk> {
	const collector = await startCollector();
	let site = collector.site;

	const call: CaseDesk["call"] = (method, path, body, of = site) =>
		collector.owner(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) }, of);
	const said: CaseDesk["said"] = async (method, path, body) => (await call(method, path, body)).json();

	return {
		collector,
		get site() {
			return site;
		},
		async begin() {
			site = await collector.makeSite();
			// Only cases are looked at here: no site's day has ended.
			await collector.db.prepare("UPDATE site SET evaluate_at = 9e15").run();
		},
		async answer(changes = {}) {
			const ask = { ...collector.ask({ score: 3, ...changes }), site: site.publicKey };
			const response = await collector.send(ask);
			if (response.status !== 201) throw new Error(`Not taken: ${await response.text()}`);
			return ask;
		},
		call,
		said,
		cases: async (query = "state=all") => (await said<{ cases: CaseItem[] }>("GET", `/v1/cases?${query}`)).cases,
		newest: async () => (await said<{ responses: { id: string }[] }>("GET", "/v1/responses?limit=1")).responses[0]?.id ?? "",
		async age(ms) {
			await collector.db.batch([
				collector.db
					.prepare("UPDATE ask SET shown_at = shown_at - ?2, updated_at = updated_at - ?2 WHERE site = ?1")
					.bind(site.id, ms),
				collector.db
					.prepare(
						"UPDATE case_file SET opened_at = opened_at - ?2, contacted_at = contacted_at - ?2, resolved_at = resolved_at - ?2 WHERE site = ?1",
					)
					.bind(site.id, ms),
			]);
		},
		stop: () => collector.stop(),
	};
}
