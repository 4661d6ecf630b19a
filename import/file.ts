import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** Bytes at either end of a file by which it is known again. */
const END_BYTES = 1024 * 1024;

/** Bytes of the beginning that a guess of its columns rests on. */
const SAMPLE_BYTES = 48 * 1024;

/** What there is to know of a file before it is read. */
export interface Opened {
	readonly bytes: number;
	/** The same for the same file, and hardly for another: a hash of its first and last MiB and its length. */
	readonly fingerprint: string;
	/** How it begins, as text, and whether that is all of it. */
	readonly sample: string;
	readonly whole: boolean;
}

/** Looks at a file. */
export async function lookAt(path: string): Promise<Opened> {
	const file = await open(path);
	try {
		const { size } = await file.stat();
		const read = async (from: number, length: number) => {
			const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
			return buffer.subarray(0, bytesRead);
		};
		const first = await read(0, Math.min(size, END_BYTES));
		const last = await read(Math.max(0, size - END_BYTES), Math.min(size, END_BYTES));
		const hash = createHash("sha256").update(first).update(last).update(String(size)).digest("hex");
		// A character cut in two at the end stands in a line that is passed over.
		const sample = new TextDecoder().decode(first.subarray(0, SAMPLE_BYTES));
		return { bytes: size, fingerprint: `sha256:${hash}`, sample, whole: size <= SAMPLE_BYTES };
	} finally {
		await file.close();
	}
}
