import { readFile } from "node:fs/promises";

/** MiB of memory that a process holds now; null where nobody says, or it has ended. */
export async function residentMib(pid: number | undefined): Promise<number | null> {
	const text = pid === undefined ? null : await readFile(`/proc/${pid}/status`, "utf8").catch(() => null);
	const [, kib] = text?.match(/^VmRSS:\s+(\d+) kB$/m) ?? [];
	return kib === undefined ? null : Number(kib) / 1024;
}
