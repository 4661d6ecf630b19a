import { createMiddleware } from "hono/factory";
import { ApiError } from "../api-error.ts";
import type { AppEnv } from "../env.ts";
import { fingerprintOf } from "../import/fingerprint.ts";
import { readBytes } from "./read-body.ts";
import { admitForm } from "./read-form.ts";

/** Bytes of a form that brings a file: a part of an import, and what is said of it. */
const UPLOAD_BYTES = 5 * 1024 * 1024;

/** Milliseconds that it may take to arrive. */
const UPLOAD_MS = 60_000;

/**
 * The door of forms that bring a file (multipart/form-data), as `readForm` is of the others, which it leaves to that. Sets `form`: a file is
 * there as its text, under its name, and what tells it again under that and `-fingerprint`.
 * @throws ApiError 403 where it comes from elsewhere; 400, 408, 413 where it is no form
 */
export const readUpload = createMiddleware<AppEnv>(async (c, next) => {
	const type = c.req.header("content-type") ?? "";
	if (!type.toLowerCase().startsWith("multipart/form-data")) return next();
	const bytes = await readBytes(c.req.raw, UPLOAD_BYTES, UPLOAD_MS);
	const form = new URLSearchParams();
	try {
		const parts = await new Response(bytes, { headers: { "Content-Type": type } }).formData();
		for (const [name, value] of parts.entries()) {
			form.append(name, typeof value === "string" ? value : await value.text());
			if (typeof value !== "string") form.append(`${name}-fingerprint`, await fingerprintOf(value));
		}
	} catch {
		throw ApiError.invalid("body", "must be a form");
	}
	admitForm(c, form);
	await next();
	return undefined;
});
