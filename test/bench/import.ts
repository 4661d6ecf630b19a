import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual } from "node:util";
import { PATHS } from "../../local/paths.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { COLUMNS, csvOf, lineOf } from "../harness/import-file.ts";
import { residentMib } from "./resident-memory.ts";
import { workerds } from "./workerd-cpu.ts";

const DAY_MS = 86_400_000;
const LOOK_MS = 200;

/** What the file says, and so what must come of it. */
interface Expected {
	readonly kept: number;
	readonly commented: number;
	/** Answers by their score. */
	readonly distribution: Record<string, number>;
	/** Lines of the file and the fields that are refused in them, as `line,field`. */
	readonly refused: string[];
}

/** What was seen while a tenth of the file was read: since when, how many lines had been taken by its end, and the most memory held, in MiB. */
interface Tenth {
	readonly beganMs: number;
	endedMs: number;
	read: number;
	command: number;
	worker: number;
}

/**
 * A file of so many answers, one in a hundred wrong, brought in by the owner's own command: how fast each tenth of it is taken beside the
 * first, and how much memory the command and the Worker hold meanwhile. Ends with a failure where a line is lost, doubled, or wrong and not named.
 */
export async function importFile(lines = "100000"): Promise<void> {
	const count = Number(lines);
	if (!Number.isSafeInteger(count) || count < 1) throw new Error(`How many lines? Not ${lines}.`);
	const folder = await mkdtemp(join(tmpdir(), "afterword-bench-import-"));
	const file = join(folder, "answers.csv");
	const refused = join(folder, "refused.csv");
	try {
		const expected = await write(file, count);
		const collector = await startCollector({ state: join(folder, "state") });
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["gold", "free"] } }) });
		const [worker] = await workerds();
		const command = [join(PATHS.root, "import/index.ts"), file, "--url", collector.url, "--survey", "nps", "--refused", refused];
		const env = { ...process.env, AFTERWORD_KEY: collector.site.secretKey };
		const began = performance.now();
		const { code, said, tenths } = await watch(spawn(process.execPath, command, { env }), worker);
		const seconds = (performance.now() - began) / 1000;
		console.table(tenths.map((tenth, i) => rowOf(tenth, tenths[i - 1], tenths[0])));
		console.log(`${count.toLocaleString("en")} lines in ${seconds.toFixed(0)} s, ${Math.round(count / seconds)} a second.`);
		const troubles =
			code === 0 ? await compare(collector, expected, count, refused) : [`The command ended with ${code}: ${said}`];
		await collector.stop();
		for (const trouble of troubles) console.error(trouble);
		if (troubles.length > 0) process.exitCode = 1;
		else
			console.log(`Stored ${expected.kept}, refused ${expected.refused.length}, each with its line and field: as the file says.`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Writes the file line by line. */
async function write(file: string, count: number): Promise<Expected> {
	const first = Date.now() - 310 * DAY_MS;
	const distribution = Object.fromEntries(Array.from({ length: 11 }, (_, score) => [score, 0]));
	const refused: string[] = [];
	let commented = 0;
	function* text() {
		yield `${COLUMNS}\n`;
		for (let i = 0; i < count; i++) {
			const line = lineOf(i, first);
			yield `${csvOf(line)}\n`;
			if (line.fault) refused.push(`${i + 2},${line.fault}`);
			else distribution[line.cells.score] = (distribution[line.cells.score] ?? 0) + 1;
			if (!line.fault && line.cells.comment !== "") commented++;
		}
	}
	await pipeline(Readable.from(text()), createWriteStream(file));
	return { kept: count - refused.length, commented, distribution, refused };
}

/** Looks at the command and the Worker until the command ends. A tenth ends where the command says that it has begun the next. */
async function watch(command: ChildProcess, worker: number | undefined) {
	const began = performance.now();
	const tenths: Tenth[] = [{ beganMs: 0, endedMs: 0, read: 0, command: 0, worker: 0 }];
	let said = "";
	command.stderr?.on("data", (data: Buffer) => (said += data));
	command.stdout?.on("data", (data: Buffer) => {
		for (const [, percent, read] of String(data).matchAll(/(\d+) % of the file: (\d+) lines/g)) {
			if (Number(percent) < 10) continue;
			const beganMs = performance.now() - began;
			Object.assign(tenths.at(-1) ?? {}, { endedMs: beganMs, read: Number(read) });
			tenths.push({ beganMs, endedMs: 0, read: 0, command: 0, worker: 0 });
		}
	});
	const look = setInterval(async () => {
		const tenth = tenths.at(-1);
		const [ofCommand, ofWorker] = await Promise.all([residentMib(command.pid), residentMib(worker)]);
		if (!tenth) return;
		tenth.command = Math.max(tenth.command, ofCommand ?? 0);
		tenth.worker = Math.max(tenth.worker, ofWorker ?? 0);
	}, LOOK_MS);
	const code = await new Promise<number | null>((ended) => command.on("close", ended));
	clearInterval(look);
	return { code, said, tenths: tenths.filter(({ read }) => read > 0) };
}

const paceOf = ({ beganMs, endedMs, read }: Tenth, before?: Tenth) => (read - (before?.read ?? 0)) / (endedMs - beganMs);

function rowOf(tenth: Tenth, before: Tenth | undefined, first: Tenth | undefined) {
	return {
		"lines taken": tenth.read,
		"of the first's lines/s": (paceOf(tenth, before) / (first ? paceOf(first) : Number.NaN)).toFixed(2),
		"command, MiB": Math.round(tenth.command),
		"Worker, MiB": Math.round(tenth.worker),
	};
}

/** What is stored and said, held against what the file says: each difference in a sentence. */
async function compare(collector: TestCollector, expected: Expected, count: number, refusedFile: string): Promise<string[]> {
	const { imports } = await (await collector.owner("/v1/imports")).json();
	const { state, read, stored, counted, duplicate, refused } = imports[0];
	const rows = Number((await collector.db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"]);
	const { responses, distribution, funnel } = await collector.score("nps", "365d");
	const [, ...named] = (await readFile(refusedFile, "utf8").catch(() => "")).trimEnd().split("\r\n");
	const { kept, commented } = expected;
	const differing = (what: string, is: unknown, should: unknown) =>
		isDeepStrictEqual(is, should) ? [] : [`${what}: ${JSON.stringify(is)}, and should be ${JSON.stringify(should)}`];
	return [
		...differing(
			"the import",
			{ imports: imports.length, state, read, stored, counted, duplicate, refused },
			{ imports: 1, state: "finished", read: count, stored: kept, counted: 0, duplicate: 0, refused: expected.refused.length },
		),
		...differing("rows", rows, kept),
		...differing("the score", { responses, distribution }, { responses: kept, distribution: expected.distribution }),
		...differing("comments", funnel.commented, commented),
		...differing("lines named", named.length, expected.refused.length),
		...named.flatMap((line, i) =>
			line.startsWith(`${expected.refused[i]},`) ? [] : [`named: ${line}, and not ${expected.refused[i]}`],
		),
	];
}
