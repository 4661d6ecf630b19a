import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { ApiError } from "../api-error.ts";
import type { AppEnv } from "../env.ts";
import { readText } from "./read-body.ts";

/** Bytes a form may have. */
const FORM_BYTES = 256 * 1024;

/**
 * The door of every form of the owner's pages: sent from a page of ours, and, where somebody is logged in, made for this session.
 * Sets `form`.
 * @throws ApiError 403 where it comes from elsewhere; 400, 408, 413, 415 where it is no form
 */
export const readForm = createMiddleware<AppEnv>(async (c, next) => {
	// One with a file has passed its own door: read-upload.ts.
	if (c.get("form")) return next();
	if (!fromOurselves(c.req.raw)) throw new ApiError("forbidden", { detail: ELSEWHERE });
	const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
	if (type !== "application/x-www-form-urlencoded")
		throw new ApiError("unsupported_media_type", { detail: "Content-Type must be application/x-www-form-urlencoded" });
	admitForm(c, new URLSearchParams(await readText(c.req.raw, FORM_BYTES)));
	await next();
	return undefined;
});

const ELSEWHERE = "A form must be sent from a page of this site";

/** Lets a form in that was sent from a page of ours and, where somebody is logged in, made for this session. @throws ApiError 403 */
export function admitForm(c: Context<AppEnv>, form: URLSearchParams): void {
	if (!fromOurselves(c.req.raw)) throw new ApiError("forbidden", { detail: ELSEWHERE });
	const visitor = c.get("visitor");
	if (visitor && form.get("csrf") !== visitor.csrf)
		throw new ApiError("forbidden", { detail: "The form is of another session: load the page again" });
	c.set("form", form);
}

/** Whether a request comes from a page of ours: what the browser says of it must be there, and all of it must agree. */
function fromOurselves(request: Request): boolean {
	const origin = request.headers.get("origin");
	const from = request.headers.get("sec-fetch-site");
	if (origin === null && from === null) return false;
	return (origin === null || origin === new URL(request.url).origin) && (from === null || from === "same-origin");
}
