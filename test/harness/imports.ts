import type { ImportMapping, ImportView } from "../../shared/import-contract.ts";
import type { SurveyScore } from "../../shared/score-contract.ts";
import type { TestCollector, TestSite } from "./collector.ts";

const DAY_MS = 86_400_000;

/** What an import of lines of JSON to a site's nps begins with. */
export const NDJSON = { source: "ndjson", survey: "nps" } as const;

/** A moment so many days ago, as text. */
export const isoDaysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

/** What the API says of a site at a path. */
export const read = async (collector: TestCollector, path: string, site?: TestSite) =>
	(await collector.owner(path, {}, site)).json();

/** Changes settings of a site, or of what lies at `path`. */
export const patch = (collector: TestCollector, settings: object, site?: TestSite, path = "/v1/site"): Promise<Response> =>
	collector.owner(path, { method: "PATCH", body: JSON.stringify(settings) }, site);

/** The score of a site's nps over the last year. */
export const scoreOf = async (collector: TestCollector, site: TestSite): Promise<SurveyScore> =>
	(await read(collector, "/v1/scores?survey=nps&window=365d", site)).scores[0];

/** A request with a JSON body, and its reply. */
export async function post(collector: TestCollector, path: string, body: unknown, site?: TestSite) {
	const response = await collector.owner(path, { method: "POST", body: JSON.stringify(body) }, site);
	return [response.status, await response.json()] as const;
}

/** Begins an import. */
export async function begin(collector: TestCollector, settings: object, site?: TestSite): Promise<ImportView> {
	const [status, job] = await post(collector, "/v1/imports", settings, site);
	if (status !== 201) throw new Error(`Not begun: ${JSON.stringify(job)}`);
	return job;
}

/** Sends lines of JSON, and gives the reply. */
export async function sendLines(
	collector: TestCollector,
	{ id }: ImportView,
	line: number,
	lines: readonly unknown[],
	site?: TestSite,
) {
	const init = {
		method: "POST",
		headers: { "content-type": "application/x-ndjson" },
		body: lines.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n"),
	};
	const response = await collector.owner(`/v1/imports/${id}/lines?line=${line}`, init, site);
	return [response.status, await response.json()] as const;
}

/** Imports a whole file of text as its owner would, with what is guessed of it, and gives the import. */
export async function importText(
	collector: TestCollector,
	text: string,
	{ survey, mapping, ...more }: { survey?: string; mapping?: ImportMapping; source?: string; name?: string } = {},
	site?: TestSite,
): Promise<ImportView> {
	const asked = survey === undefined ? {} : { survey };
	const { source: said } = more;
	const [, guess] = await post(
		collector,
		"/v1/imports/guess",
		{ text: text.slice(0, 90_000), whole: text.length < 90_000, ...asked, ...(said ? { source: said } : {}) },
		site,
	);
	const csv = guess.delimiter !== null;
	const columns = csv ? { columns: guess.columns } : {};
	const job = await begin(
		collector,
		{ source: guess.source, ...asked, ...columns, mapping: { ...guess.mapping, ...mapping }, ...more },
		site,
	);
	const type = csv ? "text/csv" : "application/x-ndjson";
	const delimiter = csv ? `&delimiter=${encodeURIComponent(guess.delimiter)}` : "";
	const init = { method: "POST", headers: { "content-type": type }, body: text };
	const response = await collector.owner(`/v1/imports/${job.id}/lines?line=1${delimiter}`, init, site);
	if (response.status !== 200) throw new Error(`Not taken: ${await response.text()}`);
	return response.json();
}

/** Every line of an import that was refused. */
export async function refusedOf(
	collector: TestCollector,
	{ id }: ImportView,
	site?: TestSite,
): Promise<{ line: number; field: string; detail: string }[]> {
	const all = [];
	for (let after: number | null = 0; after !== null; ) {
		const { refused, next } = await (
			await collector.owner(`/v1/imports/${id}/refused?limit=1000&after=${after}`, {}, site)
		).json();
		all.push(...refused);
		after = next;
	}
	return all;
}
