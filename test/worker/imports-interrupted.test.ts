import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATHS } from "../../local/paths.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { COLUMNS, csvOf, lineOf } from "../harness/import-file.ts";
import { refusedOf } from "../harness/imports.ts";

const LINES = 100_000;
const DAY_MS = 86_400_000;

let collector: TestCollector;
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "afterword-import-"));
	collector = await startCollector({ state: join(folder, "state") });
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["gold", "free"] } }) });
});
afterAll(async () => {
	await collector.stop();
	await rm(folder, { recursive: true, force: true });
});

/** The owner's command, at work. */
function run(file: string): {
	process: ChildProcess;
	said: () => string;
	ended: Promise<number | null>;
	until(text: RegExp): Promise<void>;
} {
	const command = [join(PATHS.root, "import/index.ts"), file, "--url", collector.url, "--survey", "nps", "--part", "4000"];
	const env = { ...process.env, AFTERWORD_KEY: collector.site.secretKey };
	const child = spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data));
	const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
	const until = (text: RegExp) =>
		new Promise<void>((resolve, reject) => {
			const look = () => text.test(said) && resolve();
			child.stdout.on("data", look);
			ended.then(() => reject(new Error(`It ended before it said ${text}: ${said}`)));
			look();
		});
	return { process: child, said: () => said, ended, until };
}

test("a hundred thousand lines, the command killed and the Worker restarted under it: each is kept once or named with what is wrong", async () => {
	const first = Date.now() - 310 * DAY_MS;
	const lines = Array.from({ length: LINES }, (_, i) => lineOf(i, first));
	const rows = lines.map(csvOf);
	const file = join(folder, "answers.csv");
	await writeFile(file, `\uFEFF${COLUMNS}\r\n${rows.join("\r\n")}\r\n`);

	const killed = run(file);
	await killed.until(/^[1-4]\d %/m);
	killed.process.kill("SIGKILL");
	await killed.ended;

	const outlasting = run(file);
	await outlasting.until(/^[5-7]\d %/m);
	await collector.restart();
	expect([await outlasting.ended, outlasting.said()]).toEqual([0, expect.stringContaining("Goes on at line")]);

	const { imports } = await (await collector.owner("/v1/imports")).json();
	const wrong = lines.flatMap(({ fault }, i) => (fault ? [{ line: i + 2, field: fault }] : []));
	expect(wrong.length).toBe(LINES / 100);
	expect(imports).toMatchObject([
		{
			state: "finished",
			read: LINES,
			stored: LINES - wrong.length,
			counted: 0,
			duplicate: 0,
			refused: wrong.length,
			next_line: LINES + 2,
		},
	]);
	expect(outlasting.said()).toContain(`Done: ${LINES} lines. ${LINES - wrong.length} answers kept`);
	const refused = await refusedOf(collector, imports[0]);
	expect(refused.map(({ line, field }) => ({ line, field }))).toEqual(wrong);

	const kept = lines.filter(({ fault }) => !fault).map(({ cells }) => cells);
	const distribution = Object.fromEntries(
		Array.from({ length: 11 }, (_, n) => [n, kept.filter(({ score }) => score === String(n)).length]),
	);
	expect(await collector.score("nps", "365d")).toMatchObject({
		responses: kept.length,
		distribution,
		funnel: { shown: kept.length, commented: kept.filter(({ comment }) => comment !== "").length },
	});
	const rowOf = (id: string) =>
		collector.db.prepare("SELECT comment, segments FROM ask WHERE comment LIKE ?1").bind(`%after ${id} %`).first();
	expect(await rowOf("99996")).toEqual({
		comment: 'It came, "as promised",\nafter 99996 hours 👍',
		segments: '{"channel":"import","plan":"free"}',
	});
	expect(await collector.drift()).toEqual([]);

	const some = join(folder, "some.csv");
	await writeFile(some, `${COLUMNS}\n${rows.slice(0, 3_000).join("\n")}\n`);
	const again = run(some);
	expect(await again.ended).toBe(0);
	expect(again.said()).toContain("Done: 3000 lines. 0 answers kept, 0 counted only");
	expect(again.said()).toContain("2970 were here already, 30 refused");
	expect((await collector.score("nps", "365d")).responses).toBe(kept.length);
});
