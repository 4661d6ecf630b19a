import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { SCOPES } from "../../shared/scopes.ts";
import type { ApiKey } from "../db/api-keys.ts";
import { apiKeyByHash } from "../db/api-keys.ts";
import { directoryOf } from "../db/db-for.ts";
import { deleteSession, insertSession, sessionByHash, touchSession } from "../db/sessions.ts";
import type { AppEnv, Env } from "../env.ts";
import { isKey, randomBase62, sha256Hex } from "../keys/key.ts";
import type { SiteId } from "../site.ts";
import { isOperatorKey } from "./require-operator.ts";

/** Unix-time lengths: a session ends unused after twelve hours, and anyway after seven days. */
export const IDLE_MS = 12 * 60 * 60 * 1000;
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000;

/** How often it is noted that a session is in use. */
const TOUCH_MS = 10 * 60 * 1000;

/** Base62 characters of a session's secret: 256 bits and a little. */
const SECRET_LENGTH = 43;

/** Who looks at the owner's pages. */
export interface Visitor {
	/** What the session is kept under. */
	readonly session: string;
	/** What a form of this session carries, so that no other page can send one. */
	readonly csrf: string;
	/** Whether it is the operator, who may open every site. */
	readonly operator: boolean;
	/** The site that is open; null where an operator has opened none. */
	readonly siteId: SiteId | null;
	/** The key that stands behind the session, at its present scopes. */
	readonly key: ApiKey;
}

/** The visitor that the request's cookie names, or null. */
export async function visitorOf(c: Context<AppEnv>, now: number): Promise<Visitor | null> {
	const secret = getCookie(c, "afterword", prefixOf(c)) ?? "";
	if (!/^[0-9A-Za-z]{43}$/.test(secret)) return null;
	const hash = await sha256Hex(secret);
	const directory = directoryOf(c.env);
	const session = await sessionByHash(directory, hash);
	if (!session || now - session.usedAt > IDLE_MS || now - session.createdAt > LONGEST_MS) return null;
	const operator = session.key === null && session.keyHash === (await operatorHash(c.env));
	if (!operator && (!session.key || (session.key.expiresAt !== null && session.key.expiresAt <= now))) return null;
	if (now - session.usedAt > TOUCH_MS) c.executionCtx.waitUntil(touchSession(directory, hash, now).catch(() => {}));
	return {
		session: hash,
		csrf: await sha256Hex(`form:${secret}`),
		operator,
		siteId: session.site,
		key: session.key ?? operatorsKey(session.site ?? "", session.createdAt),
	};
}

/** Logs in with an API key or the operator's; false where it is neither. */
export async function logIn(c: Context<AppEnv>, key: string, now: number): Promise<boolean> {
	if (await isOperatorKey(c.env, key)) {
		await begin(c, { keyHash: await sha256Hex(key), site: null }, now);
		return true;
	}
	if (!isKey("aw_sk_", key)) return false;
	const keyHash = await sha256Hex(key);
	const found = await apiKeyByHash(directoryOf(c.env), keyHash);
	if (!found || (found.expiresAt !== null && found.expiresAt <= now)) return false;
	await begin(c, { keyHash, site: found.siteId }, now);
	return true;
}

/** Logs the operator in with a site's pages open, or none: by a link that was made for it. */
export async function logInOperator(c: Context<AppEnv>, site: SiteId | null, now: number): Promise<void> {
	const keyHash = await operatorHash(c.env);
	if (keyHash) await begin(c, { keyHash, site }, now);
}

/** Ends the session and takes the cookie back. */
export async function logOut(c: Context<AppEnv>, visitor: Visitor): Promise<void> {
	await deleteSession(directoryOf(c.env), visitor.session);
	deleteCookie(c, "afterword", { path: "/", secure: isSecure(c), ...(isSecure(c) ? { prefix: "host" as const } : {}) });
}

async function begin(c: Context<AppEnv>, of: { keyHash: string; site: SiteId | null }, now: number): Promise<void> {
	const secret = randomBase62(SECRET_LENGTH);
	const session = { ...of, hash: await sha256Hex(secret), createdAt: now, usedAt: now };
	await insertSession(directoryOf(c.env), session, now - IDLE_MS);
	const attributes = { path: "/", httpOnly: true, sameSite: "Lax", maxAge: LONGEST_MS / 1000 } as const;
	setCookie(c, "afterword", secret, isSecure(c) ? { ...attributes, secure: true, prefix: "host" } : attributes);
}

/** Over plain http, which only this machine does, a browser keeps no `__Host-` cookie. */
const isSecure = (c: Context) => new URL(c.req.url).protocol === "https:";
const prefixOf = (c: Context) => (isSecure(c) ? "host" : undefined);

async function operatorHash(env: Env): Promise<string | null> {
	return env.AFTERWORD_OPERATOR_KEY ? sha256Hex(env.AFTERWORD_OPERATOR_KEY) : null;
}

/** What an operator has in a site: every scope. */
function operatorsKey(siteId: SiteId, createdAt: number): ApiKey {
	return { id: "operator", siteId, name: "Operator", hint: "", scopes: SCOPES, createdAt, expiresAt: null, lastUsed: null };
}
