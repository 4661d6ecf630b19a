import { BODY_BYTES } from "../../shared/limits.ts";
import { ApiError } from "../api-error.ts";

/** Milliseconds a body may take to arrive. */
const BODY_MS = 10_000;

/**
 * Reads a JSON body of at most 16 KiB, counted while reading: a Content-Length can lie.
 * @param types the content types that are taken
 * @throws ApiError 408 also for one that breaks off, 413, 415, or 400 naming "body"
 */
export async function readBody(request: Request, types: readonly string[] = ["application/json"]): Promise<unknown> {
	const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
	if (Number(request.headers.get("content-length")) > BODY_BYTES) throw tooLarge(BODY_BYTES);
	const text = await readText(request, BODY_BYTES);
	if (request.headers.has("content-encoding"))
		throw new ApiError("unsupported_media_type", { detail: "Content-Encoding is not taken" });
	if (!types.includes(type))
		throw new ApiError("unsupported_media_type", { detail: `Content-Type must be ${types.join(" or ")}` });
	try {
		return JSON.parse(text);
	} catch {
		throw ApiError.invalid("body", "must be JSON");
	}
}

function tooLarge(most: number): ApiError {
	return new ApiError("payload_too_large", { faults: [{ field: "body", detail: `must be at most ${most} bytes` }] });
}

/** Reads a text body of at most `most` bytes, counted while reading. @throws ApiError 408, 413, or 400 naming "body" */
export async function readText(request: Request, most: number): Promise<string> {
	if (!request.body) return "";
	const reader = request.body.getReader();
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
	let read = "";
	let bytes = 0;
	let timer: ReturnType<typeof setTimeout> | null = null;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new ApiError("request_timeout", { faults: [{ field: "body", detail: "must arrive within 10 seconds" }] })),
			BODY_MS,
		);
	});
	try {
		for (;;) {
			const { done, value } = await Promise.race([reader.read().catch(broken), late]);
			if (done) break;
			bytes += value.byteLength;
			if (bytes > most) throw tooLarge(most);
			read += decode(decoder, value);
		}
	} finally {
		clearTimeout(timer);
		await reader.cancel().catch(() => {});
	}
	return read + decode(decoder);
}

/** A body that breaks off is the sender's to send again: no fault of ours, and no final refusal. */
function broken(): never {
	throw new ApiError("request_timeout", { faults: [{ field: "body", detail: "must arrive whole" }] });
}

/** What a part of a body comes to as text; without one, what the last part has left. */
function decode(decoder: TextDecoder, part?: Uint8Array): string {
	try {
		return part ? decoder.decode(part, { stream: true }) : decoder.decode();
	} catch {
		throw ApiError.invalid("body", "must be UTF-8");
	}
}
