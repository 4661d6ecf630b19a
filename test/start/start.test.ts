import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LEFT_OUT = new Set(["node_modules", "dist", ".git", ".wrangler", ".dev.vars"]);

let checkout: string;
let port: number;
const running = new Set<ChildProcess>();

beforeAll(async () => {
	checkout = await mkdtemp(join(tmpdir(), "afterword-start-"));
	await cp(ROOT, checkout, { recursive: true, filter: (source) => !LEFT_OUT.has(source.slice(ROOT.length).split("/")[0] ?? "") });
	await symlink(join(ROOT, "node_modules"), join(checkout, "node_modules"));
	port = await freePort();
});
afterAll(async () => {
	for (const child of running) child.kill("SIGKILL");
	await rm(checkout, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	return typeof address === "object" && address ? address.port : 0;
}

/** Runs `npm start` in the fresh checkout and gives what it printed, once it serves or has ended. */
async function start(more: Record<string, string> = {}): Promise<{ child: ChildProcess; printed: string; code: number | null }> {
	const child = spawn("npm", ["start"], { cwd: checkout, env: { ...process.env, PORT: String(port), ...more }, detached: true });
	running.add(child);
	let printed = "";
	const ended = once(child, "exit");
	const serving = new Promise<void>((resolve) => {
		const read = (chunk: Buffer) => {
			printed += chunk;
			if (printed.includes("Ctrl-C stops it.")) resolve();
		};
		child.stdout?.on("data", read);
		child.stderr?.on("data", read);
	});
	await Promise.race([serving, ended]);
	return { child, printed, code: child.exitCode };
}

/** Presses Ctrl-C: the signal goes to the whole group, as from a terminal. */
async function stop(child: ChildProcess): Promise<void> {
	const ended = once(child, "exit");
	process.kill(-Number(child.pid), "SIGINT");
	await ended;
	running.delete(child);
}

async function responses(printed: string): Promise<Record<string, number>> {
	const [, key = "", url = ""] = /Authorization: Bearer (\S+)" "(\S+)"/.exec(printed) ?? [];
	const { scores } = await (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).json();
	return Object.fromEntries(scores.map(({ survey, responses }: { survey: string; responses: number }) => [survey, responses]));
}

test("npm start serves a demo with 90 days of answers, keeps them, and ends on Ctrl-C; a taken port is a clear error", async () => {
	const first = await start();
	expect(first.printed).toMatch(/with [\d,]+ sample asks/);
	const before = await responses(first.printed);
	expect(Object.keys(before).sort()).toEqual(["ces", "csat", "nps"]);
	for (const count of Object.values(before)) expect(count).toBeGreaterThan(50);

	const shop = `http://localhost:${port}/demo/plain-html/order-confirmation.html?order=1001`;
	const [, script = ""] = /<script async src="([^"]+)" data-transaction="1001">/.exec(await (await fetch(shop)).text()) ?? [];
	expect((await fetch(script)).headers.get("content-type")).toContain("text/javascript");

	const [, publicKey = ""] = /(aw_pub_\w{22})\.js/.exec(script) ?? [];
	const sent = await fetch(`http://localhost:${port}/v1/responses`, {
		method: "POST",
		headers: { origin: `http://localhost:${port}`, "content-type": "text/plain" },
		body: JSON.stringify({
			v: 1,
			site: publicKey,
			survey: "ces",
			version: 1,
			id: crypto.randomUUID(),
			rev: 1,
			status: "answered",
			score: 7,
			age_ms: 0,
		}),
	});
	expect(sent.status).toBe(201);

	const second = await start();
	expect(second.code).toBe(1);
	expect(second.printed).toContain(
		`Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npm start`,
	);
	running.delete(second.child);

	await stop(first.child);
	await expect(fetch(`http://localhost:${port}/healthz`)).rejects.toThrow();
	const devVars = await readFile(join(checkout, ".dev.vars"), "utf8");

	const none = await start({ SHARDS: "0" });
	expect([none.code, none.printed]).toEqual([1, expect.stringContaining("SHARDS must be a number from 1 to 20")]);
	running.delete(none.child);

	// What one database holds is there with two.
	const third = await start({ SHARDS: "2" });
	expect(third.printed).not.toContain("sample asks");
	expect(await responses(third.printed)).toEqual({ ...before, ces: (before["ces"] ?? 0) + 1 });
	expect(await readFile(join(checkout, ".dev.vars"), "utf8")).toBe(devVars);
	await stop(third.child);
});
