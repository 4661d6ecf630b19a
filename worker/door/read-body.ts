import { BODY_BYTES } from "../../shared/limits.ts";
import { ApiError } from "../api-error.ts";

/** Milliseconds a body may take to arrive. */
const BODY_MS = 10_000;

/**
 * Reads a JSON body of at most 16 KiB, unless `most` says otherwise, counted while reading: a Content-Length can lie.
 * @param types the content types that are taken
 * @throws ApiError 408 also for one that breaks off, 413, 415, or 400 naming "body"
 */
export async function readBody(
	request: Request,
	types: readonly string[] = ["application/json"],
	most = BODY_BYTES,
): Promise<unknown> {
	const { text } = await readTyped(request, types, most);
	try {
		return JSON.parse(text);
	} catch {
		throw ApiError.invalid("body", "must be JSON");
	}
}

/**
 * Reads a text body of one of some content types, at most `most` bytes.
 * @param ms how long it may take to arrive
 * @throws ApiError 408 also for one that breaks off, 413, 415, or 400 naming "body"
 */
export async function readTyped<Type extends string>(
	request: Request,
	types: readonly Type[],
	most: number,
	ms = BODY_MS,
): Promise<{ readonly type: Type; readonly text: string }> {
	const said = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
	const text = await readText(request, most, ms);
	if (request.headers.has("content-encoding"))
		throw new ApiError("unsupported_media_type", { detail: "Content-Encoding is not taken" });
	const type = types.find((each) => each === said);
	if (type === undefined) throw new ApiError("unsupported_media_type", { detail: `Content-Type must be ${types.join(" or ")}` });
	return { type, text };
}

function tooLarge(most: number): ApiError {
	return new ApiError("payload_too_large", { faults: [{ field: "body", detail: `must be at most ${most} bytes` }] });
}

/** Reads a text body of at most `most` bytes, counted while reading. @throws ApiError 408, 413, or 400 naming "body" */
export async function readText(request: Request, most: number, ms = BODY_MS): Promise<string> {
	const bytes = await readBytes(request, most, ms);
	try {
		return decoder.decode(bytes);
	} catch {
		throw ApiError.invalid("body", "must be UTF-8");
	}
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** Reads a body of at most `most` bytes, counted while reading. @throws ApiError 408, 413 */
export async function readBytes(request: Request, most: number, ms = BODY_MS): Promise<ArrayBuffer> {
	if (!request.body) return new ArrayBuffer(0);
	const length = request.headers.get("content-length");
	if (Number(length) > most) throw tooLarge(most);
	let timer: ReturnType<typeof setTimeout> | null = null;
	const late = new Promise<never>((_, reject) => {
		const detail = `must arrive within ${ms / 1000} seconds`;
		timer = setTimeout(() => reject(new ApiError("request_timeout", { faults: [{ field: "body", detail }] })), ms);
	});
	try {
		// One that says how long it is, and is held to it by HTTP, comes in one piece: that is what browsers send.
		const whole = length === null ? inParts(request.body, most, late) : Promise.race([request.arrayBuffer().catch(broken), late]);
		const bytes = await whole;
		if (bytes.byteLength > most) throw tooLarge(most);
		return bytes;
	} finally {
		clearTimeout(timer);
	}
}

/** A body part by part, and no more of it than `most` bytes. */
async function inParts(body: ReadableStream<Uint8Array>, most: number, late: Promise<never>): Promise<ArrayBuffer> {
	const reader = body.getReader();
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let bytes = 0;
	try {
		for (;;) {
			const { done, value } = await Promise.race([reader.read().catch(broken), late]);
			if (done) break;
			bytes += value.byteLength;
			if (bytes > most) throw tooLarge(most);
			parts.push(new Uint8Array(value));
		}
	} finally {
		await reader.cancel().catch(() => {});
	}
	return new Blob(parts).arrayBuffer();
}

/** A body that breaks off is the sender's to send again: no fault of ours, and no final refusal. */
function broken(): never {
	throw new ApiError("request_timeout", { faults: [{ field: "body", detail: "must arrive whole" }] });
}
