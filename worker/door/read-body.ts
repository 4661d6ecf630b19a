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
	if (Number(request.headers.get("content-length")) > most) throw tooLarge(most);
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
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
	let read = "";
	for await (const part of partsOf(request, most, ms)) read += decode(decoder, part);
	return read + decode(decoder);
}

/** Reads a body of at most `most` bytes, counted while reading. @throws ApiError 408, 413 */
export async function readBytes(request: Request, most: number, ms = BODY_MS): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	for await (const part of partsOf(request, most, ms)) parts.push(part);
	const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.byteLength;
	}
	return bytes;
}

/** The parts of a body as they arrive. */
async function* partsOf(request: Request, most: number, ms: number): AsyncGenerator<Uint8Array> {
	if (!request.body) return;
	const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
	let bytes = 0;
	let timer: ReturnType<typeof setTimeout> | null = null;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() =>
				reject(
					new ApiError("request_timeout", { faults: [{ field: "body", detail: `must arrive within ${ms / 1000} seconds` }] }),
				),
			ms,
		);
	});
	try {
		for (;;) {
			const { done, value } = await Promise.race([reader.read().catch(broken), late]);
			if (done) break;
			bytes += value.byteLength;
			if (bytes > most) throw tooLarge(most);
			yield value;
		}
	} finally {
		clearTimeout(timer);
		await reader.cancel().catch(() => {});
	}
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
