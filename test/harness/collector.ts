import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Collector, type LocalMessage, startCollector as start } from "../../local/collector.ts";
import { demoShop } from "../../local/demo-shop.ts";
import type { LocalD1 } from "../../local/local-d1.ts";
import { PATHS } from "../../local/paths.ts";
import type { Ask } from "../../shared/ask-contract.ts";
import type { SurveyScore } from "../../shared/score-contract.ts";

/** The operator's key of every test's Worker. */
export const OPERATOR_KEY = "the-operator-of-the-tests";

/** The origin of the merchant's pages in tests that send answers without a browser. */
export const SHOP = "https://shop.example";

/** One site of a test's Worker. */
export interface TestSite {
	readonly id: string;
	readonly publicKey: string;
	readonly secretKey: string;
}

/** The built Worker on workerd, its D1 in memory. */
export interface TestCollector {
	/** Where it listens, without a slash at the end. */
	readonly url: string;
	/** The site that was made with it, or as which it is seen. */
	readonly site: TestSite;
	/** The same Worker, seen as another site of it. */
	as(site: TestSite): TestCollector;
	/** The directory, and the first shard. */
	readonly db: LocalD1;
	/** Every shard by the name of its binding. */
	readonly shards: ReadonlyMap<string, LocalD1>;
	/** The database that a site lives in. */
	dbOf(siteId: string): Promise<LocalD1>;
	/** Who was erased, outside the database. */
	readonly suppressed: Collector["suppressed"];
	/** Any request, by path. */
	fetch(path: string, init?: RequestInit): Promise<Response>;
	/** A request with a site's key. */
	owner(path: string, init?: RequestInit, site?: TestSite): Promise<Response>;
	/** Sends an ask as a page of the shop does. */
	send(ask: object, headers?: Record<string, string>): Promise<Response>;
	/** The score of one survey of the site. */
	score(survey: string, window?: string): Promise<SurveyScore>;
	/** Makes another site. */
	makeSite(settings?: object): Promise<TestSite>;
	/** A whole, valid ask of the site, answered on `nps` unless said otherwise. */
	ask(changes?: Partial<Ask>): Ask;
	/** What the tally of any shard holds that differs from a recount of its asks: always nothing. */
	drift(): Promise<unknown[]>;
	/** Runs what is done every minute as if it were `now`. */
	minute(now: number): Promise<void>;
	/** Runs all scheduled runs as if it were `now`. */
	nightly(now: number): Promise<void>;
	/** A request with the operator's key. */
	operator(path: string, init?: RequestInit): Promise<Response>;
	/** Hands messages to the consumer of a queue, as if they had been sent at `sentAt`. */
	deliver(queue: string, bodies: readonly unknown[], sentAt: number): Promise<void>;
	/** The Worker's log so far, a line each. */
	readonly log: readonly string[];
	/** Brings messages to the consumer of a queue, the ingest queue's unless said otherwise, and gives the places of those it acknowledged. */
	bring(messages: readonly LocalMessage[], queue?: string): Promise<number[]>;
	/** Ends workerd in the middle of whatever it does, and starts it again on the same address and data (`state`), with so many shards. */
	restart(shards?: number): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts a Worker with one site and the demo shop. `origins` are those whose pages may send answers, beside the shop's; `shards` is how
 * many databases there are; `state` is a folder for the data, in place of memory; `entry` stands before the Worker: one that counts
 * rows, one whose database fails, one whose queue outlives it, an earlier release beside it, or one that counts how many ways to the
 * database lie one behind another; `vars` are set beside the tests' own.
 */
export async function startCollector({
	origins = [] as readonly string[],
	settings = {},
	shards = 1,
	state = null as string | null,
	entry: entryName = "metered" as "metered" | "faulty" | "lasting-queue" | "two-releases" | "waves",
	vars = {} as Readonly<Record<string, string>>,
} = {}): Promise<TestCollector> {
	const entry = await readFile(new URL(`./${entryName}-entry.js`, import.meta.url), "utf8");
	const log: string[] = [];
	const options = {
		state,
		vars: { AFTERWORD_OPERATOR_KEY: OPERATOR_KEY, AFTERWORD_SECRET: "what seals the secrets of the tests", ...vars },
		onLog: (line: string) => void log.push(line),
		entry,
		demo: async (request: Request) => demoShop(PATHS.plainHtml, site, Date.now)(request),
	};
	let running = await start({ ...options, shards, port: 0 });
	const url = running.url.origin;
	const request = (path: string, init?: RequestInit) => fetch(url + path, init);

	const makeSite = async (changes: object = {}): Promise<TestSite> => {
		const response = await request("/v1/sites", {
			method: "POST",
			headers: { authorization: `Bearer ${OPERATOR_KEY}`, "content-type": "application/json" },
			body: JSON.stringify({ name: "Test shop", origins: [SHOP, ...origins], timezone: "Europe/Rome", ...changes }),
		});
		if (response.status !== 201) throw new Error(`No site: ${await response.text()}`);
		const { site, secret_key } = await response.json();
		return { id: site.id, publicKey: site.public_key, secretKey: secret_key };
	};

	const owner = (path: string, init: RequestInit, of: TestSite) =>
		request(path, {
			...init,
			headers: { "content-type": "application/json", ...init.headers, authorization: `Bearer ${of.secretKey}` },
		});
	const site: TestSite = await makeSite(settings);

	const as = (site: TestSite): TestCollector => ({
		url,
		site,
		as,
		get db() {
			return running.db;
		},
		get shards() {
			return running.shards;
		},
		dbOf: (siteId) => running.dbOf(siteId),
		get suppressed() {
			return running.suppressed;
		},
		minute: (now) => running.minute(now),
		nightly: (now) => running.nightly(now),
		bring: (messages, queue = "afterword-ingest") => running.bring(queue, messages),
		deliver: (queue, bodies, sentAt) => running.deliver(queue, bodies, sentAt),
		log,
		operator: (path, init = {}) =>
			request(path, {
				...init,
				headers: { "content-type": "application/json", ...init.headers, authorization: `Bearer ${OPERATOR_KEY}` },
			}),
		async restart(count = shards) {
			await running.stop();
			running = await start({ ...options, shards: count, port: Number(new URL(url).port) });
		},
		stop: () => running.stop(),
		fetch: request,
		owner: (path, init = {}, of = site) => owner(path, init, of),
		makeSite,
		send: (ask, headers = {}) =>
			request("/v1/responses", {
				method: "POST",
				headers: { origin: SHOP, "content-type": "text/plain", "cf-connecting-ip": anyAddress(), ...headers },
				body: JSON.stringify(ask),
			}),
		async score(survey, window = "30d") {
			const response = await owner(`/v1/scores?survey=${survey}&window=${window}`, {}, site);
			if (response.status !== 200) throw new Error(`No score: ${await response.text()}`);
			return (await response.json()).scores[0];
		},
		ask: (changes = {}) => ({
			v: 1,
			site: site.publicKey,
			survey: "nps",
			version: 1,
			id: randomUUID(),
			rev: 1,
			status: "answered",
			...(changes.status && changes.status !== "answered" ? {} : { score: 9 }),
			age_ms: 0,
			...changes,
		}),
		async drift() {
			const found: unknown[] = [];
			for (const db of running.shards.values()) found.push(...(await db.prepare(DRIFT).all()).results);
			return found;
		},
	});
	return as(site);
}

/** An address of the network kept for tests: each ask comes from somewhere else, unless a test says otherwise. */
const anyAddress = () => `198.18.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`;

/** The first day that is still kept of the site of a row. */
const RAW_FROM = (table: string) => `coalesce((SELECT raw_from FROM site WHERE site.id = ${table}.site), '')`;

/**
 * Pairs of the tally whose counts differ, either way, from a recount of the asks themselves: of what each says of its status, score,
 * segments, reasons and delay, and not of the pairs it was counted by. Days that retention has passed are the tally's alone, and a comment
 * that erasure or retention took still counts, also where the answer comes from a site that took it. And rows of the tally's packed days
 * that are not those packed.
 */
const DRIFT = `
	WITH said AS (
		SELECT *, coalesce(CAST(score AS TEXT), iif(status = 'dismissed', 'dismissed', 'ignored')) AS what, comment IS NOT NULL OR commented AND (erased_at IS NOT NULL OR json_extract(segments, '$.channel') = 'import' OR (day, id) <= (SELECT nameless_day, nameless_id FROM site WHERE site.id = ask.site)) AS with_comment,
			iif(verified = 1, 'verified:', iif(json_extract(segments, '$.channel') = 'import', 'import:', '')) AS prefix
		FROM ask WHERE day >= ${RAW_FROM("ask")}
	), pair AS (
		SELECT said.*, iif(plain.value = '', '', 'verified') AS key, plain.value AS value
			FROM said, json_each(iif(verified = 1, '["","yes"]', iif(pairs LIKE '%["verified",%', '["","no"]', '[""]'))) AS plain
		UNION ALL SELECT said.*, prefix || segment.key, segment.value FROM said, json_each(said.segments) AS segment
		UNION ALL SELECT said.*, prefix || 'delay', delay FROM said WHERE status = 'answered' AND delay IS NOT NULL
		UNION ALL SELECT said.*, prefix || 'driver', '*' FROM said WHERE status = 'answered' AND drivers <> '[]'
		UNION ALL SELECT said.*, prefix || 'driver', driver.value FROM said, json_each(said.drivers) AS driver WHERE status = 'answered'
	), packed AS (
		SELECT d.site, d.survey, d.version, d.key, d.value, one.value ->> 0, one.value ->> 1, one.value ->> 2, one.value ->> 3
		FROM tally_dekad AS d JOIN packed_until AS p ON p.site = d.site AND d.dekad < p.day, json_each(d.days) AS one
	), counted AS (
		SELECT site, survey, version, key, value, day, what, count(*) AS n, sum(with_comment) AS commented FROM pair GROUP BY 1, 2, 3, 4, 5, 6, 7
	)
	SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM tally)
	UNION ALL
	SELECT * FROM (SELECT * FROM tally WHERE (n <> 0 OR commented <> 0) AND day >= ${RAW_FROM("tally")} EXCEPT SELECT * FROM counted)
	UNION ALL
	SELECT * FROM (SELECT * FROM packed EXCEPT SELECT * FROM tally)
	UNION ALL
	SELECT * FROM (SELECT tally.* FROM tally JOIN packed_until AS p ON p.site = tally.site WHERE tally.day < p.day EXCEPT SELECT * FROM packed)`;
