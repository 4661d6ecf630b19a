import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startPhp } from "../../harness/php.ts";

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));
const INTEGRATIONS = ["woocommerce/afterword", "magento/Afterword_Survey", "prestashop/afterword"];

const filesOf = async (folder: string, ending: RegExp) =>
	(await readdir(EXAMPLES + folder, { recursive: true })).filter((name) => ending.test(name)).map((name) => `/${folder}/${name}`);

test("each integration brings the lines that sign, and those that make the tag, as they are", async () => {
	const read = (path: string) => readFile(EXAMPLES + path, "utf8");
	const [signing, tag] = await Promise.all([
		read("signing/php/afterword-token.php"),
		read(`${INTEGRATIONS[0]}/afterword-tag.php`),
	]);
	for (const integration of INTEGRATIONS) {
		expect(await read(`${integration}/afterword-token.php`)).toBe(signing);
		expect(await read(`${integration}/afterword-tag.php`)).toBe(tag);
	}
});

test("PHP 8.4 finds no fault in any file", async () => {
	const php = await startPhp("8.4");
	const files: string[] = [];
	for (const integration of INTEGRATIONS) {
		await php.copy(EXAMPLES + integration, `/${integration}`);
		files.push(...(await filesOf(integration, /\.(?:php|phtml)$/)));
	}
	expect(files.length).toBeGreaterThan(25);
	expect(await php.lint(...files)).toBe("");
});

test("PHP 7.4 reads every file of those whose shops still run on it", async () => {
	const php = await startPhp("7.4");
	for (const integration of INTEGRATIONS.filter((name) => !name.startsWith("magento"))) {
		await php.copy(EXAMPLES + integration, `/${integration}`);
		const files = await filesOf(integration, /\.php$/);
		expect(
			await php.run("foreach ($given as $file) { token_get_all(file_get_contents($file), TOKEN_PARSE); echo '.'; }", files),
		).toBe(".".repeat(files.length));
	}
});

test("a file that is wrong is found out", async () => {
	const php = await startPhp("8.4");
	expect(
		await (await startPhp("7.4")).run("try { token_get_all('<?php f(', TOKEN_PARSE); } catch (ParseError $e) { echo 'wrong'; }"),
	).toBe("wrong");
	php.write("/wrong.php", "<?php f(");
	expect(await php.lint("/wrong.php")).toContain("Parse error");
});
