import { loadAsks } from "../../local/load-asks.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { night } from "../harness/night.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

const ZONE = "Europe/Rome";

/** Two years: every window has its previous. */
const DAYS = 730;

/** Rows that a year's scores with the year before may read. */
const ONE_SURVEY = 9_500;
const THREE_SURVEYS = 21_500;

/** Queries that an invocation may run on Cloudflare's free plan. */
const FREE_PLAN = 50;

/** Of so many answers one is a signed customer's, and each has about ten: what cases, loyalty and histories are about. */
const SIGNED_EVERY = 10;
const ASKS_A_CUSTOMER = 20;

/** How old an answer is at most that opens a case by itself. */
const CASES_MS = 14 * 24 * 60 * 60 * 1000;

/** Pages visited of those that differ only in their parameters and in whom or what they are about. */
const ALIKE = 12;

/** Where links alone do not lead: what is asked for by a form or by hand. */
const ASKED_FOR = [
	"/app/?window=365d",
	"/app/report?window=365d",
	"/app/answers?q=said",
	"/app/answers?q=nowhere",
	"/app/answers?survey=nps&group=detractors&commented=yes&verified=yes",
	"/app/answers?segment=plan:gold&driver=delivery&survey=csat",
	"/app/cases?state=all",
];

interface Visit {
	readonly page: string;
	readonly status: number;
	readonly rows: number;
	/** Statements, of which a batch has several. */
	readonly queries: number;
	/** Calls to the database: a batch is one. */
	readonly trips: number;
	readonly bytes: number;
}

/**
 * What every page of the owner's house costs to open, with `answers` asks of three surveys in two years behind it: rows of D1 read,
 * statements, calls to the database, bytes of the page. Pages are found as an owner finds them, by links; of those that differ only in
 * their parameters and in whom or what they are about, the dearest stands in the table.
 */
export async function pages(answers = "1000000"): Promise<void> {
	const count = Number(answers);
	if (!Number.isSafeInteger(count) || count < 1) throw new Error(`How many answers? Not ${answers}.`);
	const collector = await startCollector();
	const began = performance.now();
	await fill(collector, count);
	console.log(`${count.toLocaleString("en")} asks written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
	const site = await walk(await logInTo(collector), ["/app/", ...ASKED_FOR]);
	const operator = await walk(await logInTo(collector, "operator"), ["/app/sites", "/app/set-up"]);
	await collector.stop();
	const visits = [...operator, ...site];
	console.table(visits);
	const most = Math.max(...visits.map(({ queries }) => queries));
	console.log(`Most statements of one page: ${most}; a Worker of the free plan may run ${FREE_PLAN}.`);
	const written = (rows: number) => rows.toLocaleString("en");
	console.log(
		`Promised of a year with the year before: ${written(ONE_SURVEY)} rows for one survey, ${written(THREE_SURVEYS)} for three.`,
	);
	for (const { page, rows } of visits.filter(({ rows }) => rows > ONE_SURVEY))
		console.log(`${rows > THREE_SURVEYS ? "Above both" : "Above the first"}: ${page} reads ${written(rows)} rows.`);
}

/** Two years of asks, of which some are signed, and a night over them. */
async function fill(collector: TestCollector, count: number): Promise<void> {
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) });
	await patch("/v1/site", { segments: { plan: ["free", "gold"] } });
	const drivers = [{ id: "price" }, { id: "delivery" }, { id: "payment" }];
	for (const slug of ["nps", "csat", "ces"]) await patch(`/v1/surveys/${slug}`, { goal: slug === "ces" ? 4 : 30, drivers });
	const now = Date.now();
	await loadAsks(collector.db, { id: collector.site.id, timezone: ZONE }, madeUpAsks(count, DAYS, 17, now));
	const customers = Math.ceil(count / SIGNED_EVERY / ASKS_A_CUSTOMER);
	await collector.db
		.prepare(
			`UPDATE ask SET verified = 1, customer = 'customer-' || (n / ?1 % ?2)
			FROM (SELECT id AS signed, row_number() OVER (ORDER BY id) AS n FROM ask WHERE status = 'answered')
			WHERE id = signed AND n % ?1 = 0`,
		)
		.bind(SIGNED_EVERY, customers)
		.run();
	// What is older opens no case, and a run judges the oldest first.
	await collector.db
		.prepare("DELETE FROM case_due WHERE due_at < ?1")
		.bind(now - CASES_MS)
		.run();
	await night(collector, now + 91_000);
}

/** Opens these pages and all that links lead to from them. */
async function walk(session: OwnerSession, from: readonly string[]): Promise<Visit[]> {
	const waiting = [...from];
	const seen = new Set(waiting);
	const met = new Map<string, number>();
	const dearest = new Map<string, Visit>();
	for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
		const kind = from.includes(path) ? path : kindOf(path);
		const times = met.get(kind) ?? 0;
		if (times === ALIKE) continue;
		met.set(kind, times + 1);
		const response = await session.get(path);
		if (response.status === 303) continue;
		const html = await response.text();
		const header = (name: string) => Number(response.headers.get(name));
		const visit = {
			page: decodeURI(path),
			status: response.status,
			rows: header("x-rows-read"),
			queries: header("x-queries"),
			trips: header("x-trips"),
			bytes: Buffer.byteLength(html),
		};
		if (visit.rows > (dearest.get(kind)?.rows ?? -1)) dearest.set(kind, visit);
		for (const link of linksOf(html).filter((link) => !seen.has(link))) {
			seen.add(link);
			waiting.push(link);
		}
	}
	return [...dearest.values()];
}

/** Pages of the house that a page leads to, shows in a frame, or asks for by its script. Files of all answers read them all, and are no pages. */
function linksOf(html: string): string[] {
	return [...html.matchAll(/(?:href|src|data-live)="(\/app\/[^"#]*)/g)]
		.map(([, link = ""]) => link.replaceAll("&amp;", "&"))
		.filter((link) => !/\.(css|js)$|\/export\.|^\/app\/log/.test(link));
}

/** What a page is, without what makes it one of many: parameters, ids, names. */
function kindOf(path: string): string {
	const [pathname = ""] = path.split("?");
	return pathname
		.replace(/(\/answers|\/cases)\/[0-9a-f]{32}/, "$1/:id")
		.replace(/(\/customers|\/surveys|\/keys|\/w)\/[^/]+/, "$1/:name");
}
