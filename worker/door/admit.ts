import type { Context } from "hono";
import { dayOf } from "../../shared/day.ts";
import { offersCallback } from "../../shared/follow-up-rules.ts";
import { isSessionToken } from "../../shared/is-session-token.ts";
import { METRICS } from "../../shared/metrics.ts";
import { originAllowed } from "../../shared/origin-allowed.ts";
import { OTHER } from "../../shared/segments.ts";
import { delayOf } from "../../shared/tally-pairs.ts";
import { ApiError } from "../api-error.ts";
import type { Revision } from "../db/record-ask.ts";
import type { AppEnv } from "../env.ts";
import { isKey, sha256Hex } from "../keys/key.ts";
import { dueDay } from "../open-cases.ts";
import type { Site, Survey } from "../site.ts";
import { type OpenSite, openSite } from "../site-cache.ts";
import { knowsApp, provesShop } from "./admit-shop.ts";
import { admitToken } from "./admit-token.ts";
import { isKept, noteKept } from "./is-kept.ts";
import { limitOrder, limitSite, type Sender } from "./limits.ts";
import type { ParsedAsk } from "./parse-ask.ts";

/** An ask that may be kept. */
export interface Admitted {
	readonly site: Site;
	readonly survey: Survey;
	readonly revision: Revision;
	/** Optional fields that were left out or cut. */
	readonly dropped: readonly string[];
}

/**
 * The door of `POST /v1/responses`, once the form of the ask is right. In order: the key's checksum, the site, the page's origin,
 * the signed transaction, the site's limits, the survey with its version, score, reasons and segments.
 */
export async function admit(c: Context<AppEnv>, { ask, dropped }: ParsedAsk, sender: Sender, now: number): Promise<Admitted> {
	if (!isKey("aw_pub_", ask.site)) throw ApiError.invalid("site", "must be a site's public key; this one has a typing error");
	let open = await openSite(c.env, ask.site, now);
	if (!open) throw ApiError.notFound("site", "no site has this public key");
	// An origin, a secret, an app or a version of a moment ago may not be known here yet, and a refusal is for good.
	let allowed = allowsOrigin(c, open);
	if (!allowed || !knowsSigner(open, ask.token)) {
		open = (await openSite(c.env, ask.site, now, now - 1_000)) ?? open;
		allowed = allowsOrigin(c, open);
	}
	if (!allowed) throw originRefused();
	const shownAt = now - ask.age_ms;
	const { proof, shop } = await admitProof(c, open, ask.token, { now, shownAt });
	if (!versionOf(open, ask.survey, ask.version)) open = (await openSite(c.env, ask.site, now, now - 1_000)) ?? open;
	// Nor that the survey offers to call back.
	if (ask.contact !== undefined && !mayCallBack(open, ask.survey))
		open = (await openSite(c.env, ask.site, now, now - 1_000)) ?? open;
	const { site, surveys } = open;
	const survey = surveys.find(({ slug }) => slug === ask.survey);
	if (!survey) {
		// Those that are not asked are the owner's secret.
		const asked = surveys.filter(({ active }) => active).map(({ slug }) => slug);
		throw ApiError.invalid("survey", `must be one of this site's: ${asked.join(", ")}`);
	}
	const version = versionOf(open, ask.survey, ask.version);
	if (!version) throw ApiError.invalid("version", "must be a version of this survey that was shown");
	const id = await keptId(site, ask.id);
	if (proof) await limitOrder(c, site, proof.transaction);
	// A high revision is no proof of an edit: anybody can say one of an ask that is new.
	else await limitSite(c, site, ask.rev > 1 && (await isKept(c.env, site, id)), sender);
	noteKept(id);
	const { min, max } = METRICS[version.metric];
	if (ask.score !== undefined && (ask.score < min || ask.score > max))
		throw ApiError.invalid("score", `must be an integer from ${min} to ${max} for ${version.metric}`);

	const left = [...dropped];
	if (ask.token !== undefined && !proof && !shop && !left.includes("token")) left.push("token");
	const drivers = (ask.drivers ?? []).filter((id) => survey.drivers.some((driver) => driver.id === id));
	if (drivers.length < (ask.drivers?.length ?? 0) && !left.includes("drivers")) left.push("drivers");
	// A browser that asks not to be tracked is asked for nothing an answer can do without, whatever its page sends.
	const quiet = c.req.header("sec-gpc") === "1" || c.req.header("dnt") === "1";
	const segments: Record<string, string> = quiet ? {} : declaredOf(site, ask.segments ?? {}, left);
	segments["channel"] = ask.channel ?? "page";
	if (ask.locale) segments["locale"] = ask.locale;
	if (ask.device && !quiet) segments["device"] = ask.device;
	// What nobody asked for is not kept: an address or a number is a person.
	const contact = ask.contact !== undefined && mayCallBack(open, ask.survey) ? ask.contact : null;
	if (ask.contact !== undefined && contact === null) left.push("contact");
	const customer = proof ? proof.customer : ask.customer;

	const revision: Revision = {
		id,
		rev: ask.rev,
		survey: survey.slug,
		version: ask.version,
		status: ask.status,
		score: ask.score ?? null,
		drivers,
		comment: ask.comment ?? null,
		segments,
		transaction: proof ? proof.transaction : (ask.transaction ?? null),
		customer: (!quiet && customer) || null,
		verified: site.tokenMode === "off" ? null : proof !== null,
		delay: ask.status === "answered" ? delayOf(ask.age_ms) : null,
		page: (!quiet && ask.page) || null,
		callback: contact === null ? null : { contact, dueOn: dueDay(now, site.timezone) },
		day: dayOf(shownAt, site.timezone),
		shownAt,
		receivedAt: now,
	};
	return { site, survey, revision, dropped: left };
}

/**
 * What a token proves of the order, and whether it is the session token of the site's Shopify app. What comes from no page at all is let in
 * by one of the two alone.
 */
async function admitProof(
	c: Context<AppEnv>,
	open: OpenSite,
	token: string | undefined,
	moments: { now: number; shownAt: number },
) {
	const proof = await admitToken(c.env, open, token, moments);
	const shop = proof === null && (await provesShop(c.env, open, token, moments.now));
	if (!pageOf(c) && !proof && !shop) throw originRefused();
	return { proof, shop };
}

function originRefused(): ApiError {
	return new ApiError("origin_not_allowed", { faults: [{ field: "origin", detail: "must be on the site's list of origins" }] });
}

/** The origin of the page that asks; undefined where it is none that anybody could allow. */
function pageOf(c: Context<AppEnv>): string | undefined {
	const origin = c.req.header("origin");
	return origin === "null" ? undefined : origin || undefined;
}

/** Whether the site lets pages of this origin ask; also where there is none to be looked at. */
function allowsOrigin(c: Context<AppEnv>, { site }: OpenSite): boolean {
	const origin = pageOf(c);
	return origin === undefined || originAllowed(origin, new URL(c.req.url).origin, site.origins);
}

/** Whether the site has the secret or the app that a token names; also where there is no token to be looked at. */
function knowsSigner(open: OpenSite, token: string | undefined): boolean {
	if (token === undefined) return true;
	if (isSessionToken(token)) return knowsApp(open, token);
	return open.secrets.some(({ kid }) => kid === token.split(".")[2]);
}

/** Whether a survey offers anybody to get in touch. */
function mayCallBack({ surveys }: OpenSite, slug: string): boolean {
	return offersCallback(surveys.find((survey) => survey.slug === slug)?.followUp ?? {});
}

function versionOf({ versions }: OpenSite, survey: string, version: number) {
	return versions.find((known) => known.survey === survey && known.version === version);
}

/** The declared segments of an ask: undeclared keys are dropped, undeclared values count as `other`. */
function declaredOf(site: Site, given: Readonly<Record<string, string>>, dropped: string[]): Record<string, string> {
	const kept: Record<string, string> = {};
	for (const [key, value] of Object.entries(given)) {
		const values = Object.hasOwn(site.segments, key) ? site.segments[key] : undefined;
		if (!values) dropped.push(`segments.${key}`);
		else kept[key] = values.includes(value) ? value : OTHER;
	}
	return kept;
}

/** The id an ask is kept, listed and exported under. The client's own is the right to edit and cannot be found from it. */
async function keptId(site: Site, id: string): Promise<string> {
	return (await sha256Hex(`${site.id}:${id.toLowerCase()}`)).slice(0, 32);
}
