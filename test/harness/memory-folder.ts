import { mkdtemp, rm, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";
/** Bytes that a run of all tests needs at most, by far. */
const ENOUGH = 2 * 1024 ** 3;

/**
 * Before the first test: temporary files lie in memory where there is room, for what Miniflare's databases and the browser write is
 * gone with the test, and to wait for a disk proves nothing. Gives what clears up after the last.
 */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
	const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
	if (process.env["TMPDIR"] !== undefined || bavail * bsize < ENOUGH) return undefined;
	const folder = await mkdtemp(join(MEMORY, "afterword-"));
	process.env["TMPDIR"] = folder;
	return async () => {
		delete process.env["TMPDIR"];
		await rm(folder, { recursive: true, force: true });
	};
}
