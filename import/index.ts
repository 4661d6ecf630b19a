import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import {
	IMPORT_FIELDS,
	IMPORT_SOURCES,
	type ImportMapping,
	type ImportView,
	importGuess,
	importView,
	refusedReply,
} from "../shared/import-contract.ts";
import { type Api, apiAt } from "./api.ts";
import { lookAt } from "./file.ts";
import { recordsOf } from "./records.ts";
import { sendRecords } from "./send.ts";

const USAGE = `AFTERWORD_KEY=… npm run import -- answers.csv --url https://feedback.example --survey nps

  --survey nps          the survey that the answers are of; without it each line names its own
  --source csv          csv, ndjson, delighted or formbricks; otherwise guessed
  --name asknicely      where a CSV comes from: its ids count within that name
  --map score=Rating    which column holds what, over what is guessed; as often as needed, segments.plan=Tier too
  --dates dmy           what 02/03/2026 means: dmy or mdy
  --part 5000           lines sent at a time
  --refused refused.csv where to write the lines that were refused`;

const options = {
	url: { type: "string" },
	survey: { type: "string" },
	source: { type: "string" },
	name: { type: "string" },
	map: { type: "string", multiple: true, default: [] as string[] },
	dates: { type: "string" },
	part: { type: "string", default: "5000" },
	refused: { type: "string" },
} as const;

/**
 * Brings answers of a file into a site. Whatever interrupts it, the same command goes on where the collector stands: a line that came
 * twice is kept once.
 */
async function start(): Promise<void> {
	const { values: given, positionals } = parseArgs({ options, allowPositionals: true });
	const [path] = positionals;
	const key = process.env["AFTERWORD_KEY"];
	if (!path || !given.url || !URL.canParse(given.url)) throw new Error(USAGE);
	if (!key) throw new Error(`Say a key with the scope responses:write as AFTERWORD_KEY.\n\n${USAGE}`);
	const api = apiAt(new URL(given.url), key);
	const file = await lookAt(path);
	if (/^\uFEFF?\s*\[/.test(file.sample))
		throw new Error("This is one list of JSON. Make lines of it first: jq -c '.[]' file.json > file.ndjson");
	const survey = given.survey === undefined ? {} : { survey: given.survey };
	const source = IMPORT_SOURCES.find((each) => each === given.source);
	if (given.source && !source) throw new Error(`--source must be ${IMPORT_SOURCES.join(", ")}`);
	const sample = { text: file.sample.slice(0, 90_000), whole: file.whole, ...survey, ...(source ? { source } : {}) };
	const guess = importGuess.parse(await api("POST", "/v1/imports/guess", sample));
	const mapping = mapped(guess.mapping, given.map, given.dates);
	say(mapping);
	for (const { column, undeclared, key: name } of guess.candidates)
		if (undeclared.length > 0)
			console.log(`  ${column} could be the segment ${name}, once the site declares: ${undeclared.join(", ")}`);
	const begun = importView.parse(
		await api("POST", "/v1/imports", {
			source: guess.source,
			...survey,
			...(given.name ? { name: given.name } : {}),
			...(guess.delimiter === null ? {} : { columns: guess.columns }),
			mapping,
			fingerprint: file.fingerprint,
		}),
	);
	if (begun.read > 0) console.log(`Goes on at line ${begun.next_line}.`);
	const sent = await sendRecords(api, begun, recordsOf(path, guess.delimiter), Number(given.part) || 5_000, (job, bytes) =>
		progress(job, bytes / Math.max(1, file.bytes)),
	);
	const done = importView.parse(await api("POST", `/v1/imports/${sent.id}/finish`));
	await report(api, done, given.refused);
}

/** What is guessed, with what was said over it: `field=column`, or `field=` for none. */
function mapped(guess: ImportMapping, said: readonly string[], dates: string | undefined): ImportMapping {
	const mapping: Record<string, unknown> = { ...guess };
	const segments: Record<string, string> = { ...guess.segments };
	for (const each of said) {
		const [, field = "", column = ""] = /^([^=]+)=(.*)$/s.exec(each) ?? [];
		const segment = /^segments\.(.+)$/.exec(field)?.[1];
		if (!segment && !Object.hasOwn(IMPORT_FIELDS, field))
			throw new Error(`--map names ${Object.keys(IMPORT_FIELDS).join(", ")} or segments.…, such as --map score=Rating`);
		const [into, name] = segment ? [segments, segment] : [mapping, field];
		if (column === "") delete into[name];
		else into[name] = column;
	}
	if (Object.keys(segments).length > 0) mapping["segments"] = segments;
	else delete mapping["segments"];
	if (dates !== undefined) mapping["dates"] = dates;
	return mapping;
}

function say({ segments = {}, dates, ...fields }: ImportMapping): void {
	console.log("What is taken from which column:");
	for (const [field, column] of Object.entries(fields)) console.log(`  ${field}: ${column}`);
	for (const [key, column] of Object.entries(segments)) console.log(`  segment ${key}: ${column}`);
	if (dates) console.log(`  dates: ${dates}`);
}

let shown = -1;

/** One line that is written over on a terminal; elsewhere a line for every tenth. */
function progress({ read, stored, refused }: ImportView, share: number): void {
	const percent = Math.min(100, Math.floor(share * 100));
	const text = `${percent} % of the file: ${read} lines, ${stored} answers kept, ${refused} lines refused`;
	if (process.stdout.isTTY) process.stdout.write(`\r${text}`);
	else if (Math.floor(percent / 10) !== shown) console.log(text);
	shown = Math.floor(percent / 10);
}

/** Refused lines that are shown. */
const SHOWN = 10;

async function report(api: Api, job: ImportView, file: string | undefined): Promise<void> {
	if (process.stdout.isTTY) console.log();
	console.log(
		`Done: ${job.read} lines. ${job.stored} answers kept, ${job.counted} counted only, for they are older than the site keeps answers;`,
	);
	console.log(`${job.duplicate} were here already, ${job.refused} refused, ${job.blank} empty.`);
	for (const [field, n] of Object.entries(job.dropped)) console.log(`  ${field}: ${n} values left out or counted as other`);
	if (job.refused === 0) return;
	const kept = file === undefined ? null : await open(file, "w");
	try {
		await kept?.appendFile("line,field,reason\r\n");
		let shown = 0;
		for (let after: number | null = 0; after !== null; ) {
			const page = await api("GET", `/v1/imports/${job.id}/refused?limit=1000&after=${after}`);
			const { refused, next } = refusedReply.parse(page);
			for (const { line, field, detail } of refused.slice(0, SHOWN - shown)) {
				console.log(`  line ${line}: ${field} ${detail}`);
				shown++;
			}
			const rows = refused.map(({ line, field, detail }) => `${line},${field},"${detail.replaceAll('"', '""')}"\r\n`);
			await kept?.appendFile(rows.join(""));
			after = kept === null && shown >= SHOWN ? null : next;
		}
	} finally {
		await kept?.close();
	}
	if (kept === null && job.refused > SHOWN)
		console.log(`  and ${job.refused - SHOWN} more: --refused refused.csv writes them all`);
}

try {
	await start();
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : error}`);
	process.exit(1);
}
