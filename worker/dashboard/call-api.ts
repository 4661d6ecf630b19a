import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Problem } from "../../shared/problem-contract.ts";
import { ApiError } from "../api-error.ts";
import { gathered } from "../db/gathered.ts";
import { shardsOf } from "../db/shards.ts";
import { admitInside } from "../door/inside.ts";
import type { AppEnv, Env } from "../env.ts";

/** Answers a request to the API within this Worker. */
export type CallApi = (request: Request, env: Env, ctx: Context["executionCtx"]) => Response | Promise<Response>;

/** The API as a page uses it: as the visitor whose session it is, at the site that is open. */
export interface Api {
	/** What an address says. @throws ApiError what it refuses */
	get<Reply>(path: string): Promise<Reply>;
	/** Does something, and gives what is said of it; undefined where nothing is. @throws ApiError what it refuses, naming the field */
	send<Reply = undefined>(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Reply>;
	/** Sends text of a content type, and gives what is said of it. @throws ApiError what it refuses */
	post<Reply>(path: string, type: string, text: string): Promise<Reply>;
	/** The reply as it is, for files. */
	fetch(path: string): Promise<Response>;
}

/** Gives pages the API, as `api` in the context: the same door, the same schemas, the same figures as for anybody with a key. */
export function openApi(call: CallApi) {
	return createMiddleware<AppEnv>(async (c, next) => {
		const readEnv = { ...c.env, ...Object.fromEntries(shardsOf(c.env).map(({ name, db }) => [name, gathered(db)])) };
		const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
			const headers = new Headers(init.headers);
			// By this the audit log names the visitor's own request.
			const ray = c.req.header("cf-ray");
			if (ray !== undefined) headers.set("cf-ray", ray);
			const inside = new Request(new URL(path, c.req.url), { ...init, headers });
			const { key, operator } = c.get("visitor");
			const env = inside.method === "GET" ? readEnv : c.env;
			return call(admitInside(inside, { site: c.get("site"), key, operator }), env, c.executionCtx);
		};
		const said = async (response: Response) => {
			if (!response.ok) throw await refusalOf(response);
			return response.status === 204 ? undefined : response.json();
		};
		c.set("api", {
			get: async <Reply>(path: string) => (await said(await request(path))) as Reply,
			send: async <Reply>(method: string, path: string, body?: unknown) => {
				const sent = body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
				return (await said(await request(path, { method, ...sent }))) as Reply;
			},
			post: async <Reply>(path: string, type: string, text: string) =>
				(await said(await request(path, { method: "POST", headers: { "Content-Type": type }, body: text }))) as Reply,
			fetch: (path) => request(path),
		} satisfies Api);
		await next();
	});
}

/** A refusal of the API as the error it was, with the time after which to come again. */
export async function refusalOf(response: Response): Promise<ApiError> {
	const { code, detail, errors } = await response.json<Problem>();
	const again = response.headers.get("Retry-After");
	const headers = again === null ? {} : { headers: { "Retry-After": again } };
	return new ApiError(code, { ...(detail === undefined ? {} : { detail }), ...headers, faults: errors ?? [] });
}
