import type { Benchmark } from "../shared/benchmarks.ts";
import type { Day } from "../shared/day.ts";
import type { Display, Placement } from "../shared/display.ts";
import type { FollowUpRules } from "../shared/follow-up-rules.ts";
import type { Locale } from "../shared/locales/index.ts";
import type { MetricName } from "../shared/metrics.ts";
import type { DeclaredSegments } from "../shared/segments.ts";
import type { Wording } from "../shared/survey-contract.ts";

/** The internal id of a site. Every key in the database starts with one. */
export type SiteId = string;

/** Whether orders are signed: not at all, where they can be, or always. */
export type TokenMode = "off" | "prefer" | "require";

/** Calendar months for which a site keeps its asks: what names a shopper, and the rows themselves. Their daily counts stay for ever. */
export interface Retention {
	readonly identitiesMonths: number;
	readonly rowsMonths: number;
}

/** Where a site lives. */
export interface Place {
	readonly id: SiteId;
	/** The name of the binding of its database. It never changes. */
	readonly shard: string;
}

/** A merchant's site as the Worker knows it. */
export interface Site extends Place {
	readonly publicKey: string;
	readonly name: string;
	/** IANA name; decides the day an ask belongs to. */
	readonly timezone: string;
	readonly locale: Locale;
	readonly locales: readonly Locale[];
	readonly defaultSurvey: string;
	readonly origins: readonly string[];
	readonly segments: DeclaredSegments;
	readonly tokenMode: TokenMode;
	/** Days after its signing during which a token is believed. */
	readonly tokenDays: number;
	/** Whether answers go to the database at once, or through the queue in hundreds. */
	readonly ingest: "direct" | "queue";
	readonly retention: Retention;
	/** The first day whose asks are still kept one by one; null while all are. */
	readonly rawFrom: Day | null;
	readonly createdAt: number;
	/** How often its settings were changed. */
	readonly changes: number;
}

/** A reason chip. `labels` is there for an owner's own, by language. */
export interface Driver {
	readonly id: string;
	readonly labels?: Partial<Record<Locale, string>> | undefined;
}

/** One survey of a site, at its latest version. */
export interface Survey {
	readonly slug: string;
	readonly version: number;
	readonly metric: MetricName;
	readonly touchpoint: string;
	readonly wording: Partial<Record<Locale, Wording>>;
	readonly active: boolean;
	readonly display: Display;
	readonly placement: Placement;
	/** Percent of transactions that are asked. */
	readonly sampling: number;
	readonly drivers: readonly Driver[];
	readonly theme: Readonly<Record<string, string>>;
	readonly askAgainDays: number;
	/** Days after any other survey of the site before this one is shown; null: as usual, see `daysAfterAny`. */
	readonly askAfterAnyDays: number | null;
	/** In the unit of the score; null for none. */
	readonly goal: number | null;
	/** The owner's own; the published ones are in shared/. */
	readonly benchmarks: readonly Benchmark[];
	readonly shareScore: boolean;
	/** Whether low scores open a case by themselves. */
	readonly openCases: boolean;
	/** What is offered after the thanks, by the group of the score. */
	readonly followUp: FollowUpRules;
	readonly createdAt: number;
	/** How often its settings were changed. */
	readonly changes: number;
}

/** What was asked under one version of a survey. */
export interface SurveyVersion {
	readonly survey: string;
	readonly version: number;
	readonly metric: MetricName;
}
