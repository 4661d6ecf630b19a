import type * as z from "zod";
import type { EventFilter } from "../shared/webhook-contract.ts";
import { ApiError, type Fault } from "./api-error.ts";
import { dbFor } from "./db/db-for.ts";
import { surveysOf } from "./db/surveys.ts";
import { faultOfAddress } from "./deliver/address.ts";
import type { Destination } from "./deliver/destination.ts";
import { DESTINATIONS, destinationOf } from "./deliver/destinations.ts";
import type { Env } from "./env.ts";
import { faultsOf } from "./faults-of.ts";
import { seal } from "./keys/seal.ts";
import { segmentPair } from "./score-scope.ts";
import type { Site } from "./site.ts";

/** The kind whose secret the Worker makes. */
export const SIGNED_KIND = "webhook";

/** The kind that automation tools make, at an address of its own. */
export const HOOK_KIND = "hook";

/** What an owner declares, as it was given; what is undefined was not. */
interface Declared {
	readonly settings?: Readonly<Record<string, unknown>> | undefined;
	readonly credentials?: Readonly<Record<string, unknown>> | undefined;
	readonly events?: readonly string[] | undefined;
	readonly filter?: EventFilter | undefined;
}

/** The destination of a kind that an owner can make. @throws ApiError that names `kind` */
export function ownersDestination(kind: string): Destination {
	const destination = kind === HOOK_KIND ? null : destinationOf(kind);
	if (destination) return destination;
	const kinds = DESTINATIONS.flatMap((each) => (each.kind === HOOK_KIND ? [] : [each.kind]));
	throw ApiError.invalid("kind", `must be ${kinds.join(", ")}`);
}

/**
 * Checks what is declared of an endpoint against its kind and its site, addresses too, and gives settings and credentials as they are to
 * be kept.
 * @param origin the Worker's own address
 * @throws ApiError that names every wrong field
 */
export async function checkedEndpoint(env: Env, site: Site, origin: string, destination: Destination, declared: Declared) {
	const { settings, credentials, events = [], filter } = declared;
	const faults: Fault[] = [];
	const read = (field: "settings" | "credentials", schema: z.ZodType, given: Readonly<Record<string, unknown>>) => {
		const { success, data, error } = schema.safeParse(given);
		if (!success)
			faults.push(
				...faultsOf(error).map((fault) => ({ ...fault, field: fault.field === "body" ? field : `${field}.${fault.field}` })),
			);
		else faults.push(...faultsOfAddresses(env, origin, field, data));
		return success ? (data as Record<string, unknown>) : undefined;
	};
	const kept = {
		settings: settings && read("settings", destination.settings, settings),
		credentials: credentials && read("credentials", destination.credentials, credentials),
	};
	const strange = events.filter((event) => !destination.takes.some((taken) => taken === event));
	if (strange.length > 0) faults.push({ field: "events", detail: `must be among ${destination.takes.join(", ")} for this kind` });
	if (filter?.surveys) {
		const known = await surveysOf(dbFor(env, site), site.id);
		if (filter.surveys.some((slug) => !known.some((survey) => survey.slug === slug)))
			faults.push({ field: "filter.surveys", detail: "must be this site's surveys" });
	}
	faults.push(...faultsOfSegments(site, filter));
	if (faults.length > 0) throw new ApiError("invalid_request", { faults });
	return kept;
}

/** What is wrong with the segments of a filter: each must be built in or declared, key and value. */
function faultsOfSegments(site: Site, filter: EventFilter | undefined): readonly Fault[] {
	return (filter?.segments ?? []).flatMap((text, i) => {
		try {
			segmentPair(site, text, `filter.segments.${i}`);
			return [];
		} catch (error) {
			if (error instanceof ApiError) return error.faults;
			throw error;
		}
	});
}

/** What is wrong with the addresses among settings or credentials: fields named `url`, or with a name that ends so. */
function faultsOfAddresses(env: Env, origin: string, field: string, data: unknown): Fault[] {
	return Object.entries(Object(data)).flatMap(([name, value]) => {
		if (typeof value !== "string" || !/(?:^|_)url$/.test(name)) return [];
		const detail = faultOfAddress(value, origin, env.AFTERWORD_LOOPBACK_TARGETS === "1");
		return detail === null ? [] : [{ field: `${field}.${name}`, detail }];
	});
}

/** Characters a secret has at least if its last four are shown. */
const HINTED_CHARS = 12;

/** Credentials as they are kept: sealed, and the last four characters of the longest; none where it is short. */
export async function sealedCredentials(env: Env, about: string, credentials: Readonly<Record<string, unknown>>) {
	if (!env.AFTERWORD_SECRET)
		throw new ApiError("unavailable", { detail: "The operator must set the Worker's secret AFTERWORD_SECRET first" });
	const secrets = Object.values(credentials).filter((value) => typeof value === "string");
	const [longest = ""] = secrets.toSorted((a, b) => b.length - a.length);
	return {
		sealed: await seal(env, JSON.stringify(credentials), about),
		hint: longest.length < HINTED_CHARS ? "" : longest.slice(-4),
	};
}
