import type * as z from "zod";
import type { Event, EventType } from "../../shared/event-contract.ts";
import type { Env } from "../env.ts";

/** One event on its way, as a destination gets it. */
export interface Message {
	/** The same over all attempts: a target that knows it has the event. */
	readonly id: string;
	readonly event: Event;
	/** Unix milliseconds of this attempt. */
	readonly sentAt: number;
}

/**
 * What came of an attempt. `failed` is tried again by the schedule, or when the target asked for it; `refused` can never become right as it
 * is and is dead at once; `gone` ends the endpoint.
 */
export type Verdict =
	| { readonly outcome: "delivered"; readonly status: number | null }
	| { readonly outcome: "failed"; readonly status: number | null; readonly reason: string; readonly retryAfterMs?: number }
	| { readonly outcome: "refused"; readonly status: number | null; readonly reason: string }
	| { readonly outcome: "gone"; readonly status: number; readonly reason: string };

/** What a target answered: at most its first KiB is read, and that only to judge it. */
export interface Reply {
	readonly status: number;
	readonly retryAfterMs: number | null;
	readonly text: string;
}

/** The one way out: checks the address, follows no redirect, waits 15 seconds at most for all of an attempt, reads one KiB of each reply. @throws Error with a reason that may be shown */
export type Send = (
	url: string,
	init: { readonly method?: string; readonly headers: Record<string, string>; readonly body?: string },
) => Promise<Reply>;

/** What a destination may use. */
export interface Means {
	readonly send: Send;
	readonly env: Env;
}

/** A kind of endpoint: what its owner declares, which events it takes, and how one is told there. */
export interface Destination<Settings = unknown, Credentials = unknown> {
	/** What it is called in the API. */
	readonly kind: string;
	/** What its owner declares and sees again. */
	readonly settings: z.ZodType<Settings>;
	/** What its owner declares once; sealed, never shown again. */
	readonly credentials: z.ZodType<Credentials>;
	/** The events it can take, beside tests. */
	readonly takes: readonly EventType[];
	/** What this Worker lacks for it, in words that may be shown; null where nothing is. Asked before an endpoint is made. Without it nothing is needed. */
	lacks?(env: Env): string | null;
	/** Deliveries of one endpoint at the same time. */
	readonly atOnce: number;
	/** Requests that one delivery may take, at most: an invocation may make few, and none is begun that it could not end. */
	readonly requests: number;
	/** Whether this event is for it at all: CRMs take verified customers only. Asked before there is a delivery. */
	accepts(event: Event, settings: Settings): boolean;
	/** One attempt. Doing it again with the same message must do no harm that the target can prevent. */
	deliver(message: Message, settings: Settings, credentials: Credentials, means: Means): Promise<Verdict>;
}
