import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { generateApi } from "swagger-typescript-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATHS } from "../../local/paths.ts";
import { OPERATOR_KEY, startCollector, type TestCollector } from "../harness/collector.ts";

const run = promisify(execFile);
const PROGRAM = "drive-the-api.ts";

let collector: TestCollector;
let folder: string;
beforeAll(async () => {
	collector = await startCollector();
	folder = await mkdtemp(join(tmpdir(), "afterword-client-"));
	const document = join(folder, "openapi.json");
	await writeFile(document, await (await collector.fetch("/openapi.json")).text());
	await generateApi({ input: document, output: folder, fileName: "client.ts", enumStyle: "union", silent: true });
	// The generator asks that its own code be not checked; here it is.
	const client = join(folder, "client.ts");
	await writeFile(client, (await readFile(client, "utf8")).replace("// @ts-nocheck", ""));
	await copyFile(join(PATHS.root, "test/generated-client", PROGRAM), join(folder, PROGRAM));
	await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
	await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: STRICT, files: [PROGRAM] }));
});
afterAll(async () => {
	await collector.stop();
	await rm(folder, { recursive: true, force: true });
});

const STRICT = {
	strict: true,
	noUncheckedIndexedAccess: true,
	target: "ES2023",
	module: "ESNext",
	moduleResolution: "bundler",
	lib: ["ES2024", "DOM", "DOM.Iterable"],
	types: [],
	rewriteRelativeImportExtensions: true,
};

/** What the compiler says of the folder; nothing where all is well. */
async function compile(): Promise<string> {
	const tsc = join(PATHS.root, "node_modules/typescript/bin/tsc");
	const { stdout } = await run(process.execPath, [tsc, "-p", folder]).catch((failed: { stdout: string }) => failed);
	return stdout;
}

test("a client generated from the document checks strictly, and a program that uses it drives the API", async () => {
	expect(await compile()).toBe("");
	const { driveTheApi } = await import(pathToFileURL(join(folder, PROGRAM.replace(/ts$/, "js"))).href);
	const seen = await driveTheApi(collector.url, OPERATOR_KEY);
	expect(seen).toMatchObject({
		receipts: ["stored", "stored", "stored", "stored", "stored"],
		score: { survey: "nps", value: 40, responses: 5, groups: { promoters: 3, passives: 1, detractors: 1 } },
		read: expect.stringContaining("consiglieresti"),
		resolved: { state: "resolved", assignee: "Ann", notes: [{ text: "Called; a new parcel is on its way." }] },
		unresolved: 0,
		survey: "after-delivery 5.5",
		refused: { status: 409, code: "conflict", field: "slug" },
		keys: ["First key", "Reader"],
		erased: 1,
		left: 4,
	});
	expect(seen.pages.map((page: unknown[]) => page.length)).toEqual([2, 2, 1]);
	expect(seen.lines.map((line: string) => JSON.parse(line).score).sort()).toEqual([10, 2, 7, 9, 9]);
	expect(seen.table.trim().split("\r\n")).toHaveLength(6);
	const stored = await collector.db
		.prepare("SELECT count(*) AS asks, count(customer) AS named FROM ask JOIN site ON site.id = ask.site WHERE public_key = ?1")
		.bind(seen.publicKey)
		.first();
	expect(stored).toEqual({ asks: 4, named: 3 });
});

test("a program that asks for what there is not, or leaves out what is needed, does not compile", async () => {
	const program = join(folder, PROGRAM);
	const wrong = [
		['window: "7d"', "window: 7", "Type 'number' is not assignable to type 'string'"],
		['locale: "it" }', 'locale: "xx" }', "is not assignable to type 'Locale"],
		["data.question.text", "data.question.words", "Property 'words' does not exist"],
		["getResponse(low.id)", "getResponse()", "Expected 1-2 arguments"],
		["age_ms: i,", "", "Property 'age_ms' is missing"],
		['state: "resolved"', 'state: "done"', "Type '\"done\"' is not assignable"],
	] as const;
	const whole = await readFile(program, "utf8");
	await writeFile(
		program,
		wrong.reduce((text, [from, to]) => text.replace(from, to), whole),
	);
	const said = await compile();
	for (const [, , message] of wrong) expect(said).toContain(message);
	expect(said.match(/error TS/g)).toHaveLength(wrong.length);
});
