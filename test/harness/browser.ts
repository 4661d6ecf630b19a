import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** A whole Chromium that is installed on this machine, if there is one: the one that npm brings is none, it keeps no page for going back. */
export const INSTALLED = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium"].find((path) => path && existsSync(path));

/**
 * A real Chromium that reaches this machine only. `CHROMIUM_PATH` names one that is installed; otherwise the one that npm brought
 * is taken, which needs nothing of the machine. Throws where none starts: a test without a browser proves nothing.
 */
export async function launchBrowser(): Promise<Browser> {
	const named = process.env["CHROMIUM_PATH"];
	if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file`);
	return launch(named ? { executablePath: named } : await unpacked());
}

/** The installed one, which keeps the pages that are left for going back, as shoppers' browsers do and Playwright's do not. */
export async function launchKeepingBrowser(): Promise<Browser> {
	if (!INSTALLED) throw new Error("No Chromium is installed: apt-get install chromium, or CHROMIUM_PATH");
	return launch({ executablePath: INSTALLED, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
}

async function launch({ executablePath, env, ...options }: LaunchOptions & { executablePath: string }): Promise<Browser> {
	try {
		return await chromium.launch({
			...options,
			executablePath,
			args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
			env: { ...process.env, ...env },
		});
	} catch (cause) {
		throw new Error(`${executablePath} does not start. Name one that does: CHROMIUM_PATH=/usr/bin/chromium npm test`, { cause });
	}
}

const PACKAGE = fileURLToPath(new URL("../", import.meta.resolve("@sparticuz/chromium")));
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));

/**
 * The browser of @sparticuz/chromium, unpacked once per version with the libraries and the fonts it brings. Processes that come at
 * the same time each unpack one; the first to be ready is kept.
 */
async function unpacked(): Promise<{ executablePath: string; env: Record<string, string> }> {
	const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
	const folder = join(CACHE, `chromium-${version}`);
	if (!existsSync(folder)) {
		await mkdir(CACHE, { recursive: true });
		const fresh = await mkdtemp(`${folder}-`);
		await unpackInto(fresh);
		await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
	}
	const fonts = join(folder, "fonts.conf");
	await writeFile(fonts, `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts/cache</cachedir></fontconfig>`);
	return {
		executablePath: join(folder, "chromium"),
		env: { LD_LIBRARY_PATH: join(folder, "al2023/lib"), FONTCONFIG_FILE: fonts },
	};
}

/** `inflate` unpacks into the directory for temporary files, wherever that is. */
async function unpackInto(folder: string): Promise<void> {
	const usual = process.env["TMPDIR"];
	process.env["TMPDIR"] = folder;
	try {
		await Promise.all(["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((file) => inflate(join(PACKAGE, "bin", file))));
	} finally {
		if (usual === undefined) delete process.env["TMPDIR"];
		else process.env["TMPDIR"] = usual;
	}
}
