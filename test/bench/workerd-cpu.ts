import { readdir, readFile } from "node:fs/promises";

/** Milliseconds of a tick of the kernel's clock, on every Linux that Node runs on. */
const TICK_MS = 10;

/** The workerds that this process has started and that still run, by process id; none where there is no /proc. */
export async function workerds(): Promise<number[]> {
	const found: number[] = [];
	for (const name of await readdir("/proc").catch(() => [])) {
		const fields = /^\d+$/.test(name) ? await fieldsOf(Number(name)) : null;
		if (fields?.command === "workerd" && fields.parent === process.pid) found.push(Number(name));
	}
	return found;
}

/** Milliseconds of CPU that a process has used; null where nobody says. */
export async function cpuMs(pid: number | undefined): Promise<number | null> {
	return (pid === undefined ? null : await fieldsOf(pid))?.cpuMs ?? null;
}

async function fieldsOf(pid: number): Promise<{ command: string; parent: number; cpuMs: number } | null> {
	const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
	const [, command, rest = ""] = text?.match(/\((.*)\) (.*)/s) ?? [];
	if (command === undefined) return null;
	const fields = rest.split(" ").map(Number);
	return { command, parent: fields[1] ?? 0, cpuMs: ((fields[11] ?? 0) + (fields[12] ?? 0)) * TICK_MS };
}
