import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildWidget } from "../../local/build-widget.ts";
import { PATHS } from "../../local/paths.ts";
import { LOCALES } from "../../shared/locales/index.ts";

let folder: string;
let modules: Awaited<ReturnType<typeof buildWidget>>;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "afterword-widget-"));
	modules = await buildWidget(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const FILES = ["whole", "lazy", "survey", "follow-up", "triggers", "pictures", "offers", "hold"] as const;

/** Every string in a value, however deep. */
function stringsIn(value: unknown): string[] {
	return typeof value === "string" ? [value] : Object.values(Object(value)).flatMap(stringsIn);
}

test.for(FILES)("%s.js is made of the widget, what it shares, and Preact", (file) => {
	const known = /^(widget|shared|node_modules\/preact)\//;
	expect((modules.get(file) ?? []).filter((id) => !known.test(relative(PATHS.root, id)))).toEqual([]);
});

test("Preact comes with the follow-up and nowhere before: the question does not wait for it", () => {
	const withPreact = FILES.filter((file) => modules.get(file)?.some((id) => id.includes("node_modules/preact")));
	expect(withPreact).toEqual(["follow-up"]);
});

test.for(FILES)("%s.js carries no schema and no server", async (file) => {
	const code = await readFile(join(folder, `${file}.js`), "utf8");
	expect(code).not.toMatch(/zod|hono|safeParse|prefault/i);
	expect((modules.get(file) ?? []).filter((id) => /contract|zod|hono/.test(id))).toEqual([]);
});

test.for(FILES)("%s.js carries no words: a shopper is sent those of one language", async (file) => {
	const code = await readFile(join(folder, `${file}.js`), "utf8");
	const words = stringsIn(LOCALES).filter((text) => text.length > 8);
	expect(words.filter((text) => code.includes(text))).toEqual([]);
});

test.for(["whole", "lazy", "survey", "follow-up"] as const)(
	"%s.js finds its settings under the name the Worker gives them",
	async (file) => {
		expect(await readFile(join(folder, `${file}.js`), "utf8")).toContain("__AFTERWORD__.");
	},
);

test.for(["whole", "lazy", "pictures", "offers", "hold"] as const)("%s.js declares nothing on the page", async (file) => {
	expect(await readFile(join(folder, `${file}.js`), "utf8")).toMatch(
		/^(?:(?:!function\(\)|\(\(\)=>)\{.*\}(?:\(\)|\)\(\))|__AFTERWORD__\.\w+=\{.*\});?\s*$/s,
	);
});
