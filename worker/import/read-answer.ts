import { cleanComment } from "../../shared/comment.ts";
import { type Day, dayOf } from "../../shared/day.ts";
import { customerReference, transactionReference } from "../../shared/identifier-contract.ts";
import type { ImportField, ImportMapping, ImportSource } from "../../shared/import-contract.ts";
import { canBeDayOf, readDate } from "../../shared/import-date.ts";
import { languageTags } from "../../shared/language-tags.ts";
import { DRIVERS_PER_ANSWER } from "../../shared/limits.ts";
import { LOCALE_CODES } from "../../shared/locales/index.ts";
import { METRICS } from "../../shared/metrics.ts";
import { maskPage } from "../../shared/page-address.ts";
import { pickLanguage } from "../../shared/pick-language.ts";
import { type Device, OTHER } from "../../shared/segments.ts";
import { DELAYS, type Delay } from "../../shared/tally-pairs.ts";
import type { Fault } from "../api-error.ts";
import type { Site, Survey, SurveyVersion } from "../site.ts";
import { driversNamed } from "./drivers-named.ts";
import type { Line } from "./lines.ts";

/** An answer of another time or place, ready to be kept. Times are Unix milliseconds. */
export interface ImportedAnswer {
	readonly line: number;
	/** What its source calls it; null where it has no name there. */
	readonly sourceId: string | null;
	readonly survey: string;
	readonly version: number;
	readonly score: number;
	readonly drivers: readonly string[];
	readonly comment: string | null;
	/** Whether there is or was a comment. */
	readonly commented: boolean;
	readonly segments: Readonly<Record<string, string>>;
	readonly transaction: string | null;
	readonly customer: string | null;
	readonly delay: Delay | null;
	readonly page: string | null;
	readonly day: Day;
	readonly at: number;
	/** Whether its customer was erased where it comes from. */
	readonly erased: boolean;
}

/** What lines are read by. */
export interface Reading {
	readonly source: ImportSource;
	readonly mapping: ImportMapping;
	/** The survey that every line answers, or null. */
	readonly survey: string | null;
	readonly site: Site;
	readonly surveys: readonly Survey[];
	readonly versions: readonly SurveyVersion[];
	readonly now: number;
}

/** What became of a line: an answer with what was left out of it, or a refusal. */
export type Read = { readonly answer: ImportedAnswer; readonly dropped: readonly string[] } | { readonly refused: Fault };

const TAGS = languageTags(LOCALE_CODES);

const DEVICES: Readonly<Record<string, Device>> = {
	phone: "phone",
	mobile: "phone",
	smartphone: "phone",
	tablet: "tablet",
	desktop: "desktop",
	computer: "desktop",
};

/** What each metric is called where it is asked on the same scale. Delighted's own `ces` has five levels: see METRIC_OTHERS. */
const ASKED_AS: Readonly<Record<string, readonly string[]>> = {
	nps: ["nps"],
	csat: ["csat", "stars_five", "smileys"],
	ces: ["ces", "ces7"],
};

/** Milliseconds by which another clock may be ahead of ours. */
const AHEAD_MS = 10 * 60 * 1000;

const EARLIEST = Date.UTC(2000, 0, 1);

/** Reads one line that is not blank. What an answer can do without is left out where it is not right; without its score, date or survey it is refused. */
export function readAnswer(line: Line, reading: Reading): Read {
	const { site, mapping, now } = reading;
	if (line.fault !== null) return refuse("line", line.fault);
	const cell = (field: ImportField) => (mapping[field] === undefined ? "" : line.cell(mapping[field]));
	const asked = askedBy(cell, reading);
	if ("refused" in asked) return asked;
	const { survey, version } = asked;
	const score = scoreIn(cell("score"), version);
	if (typeof score === "string") return refuse("score", score);
	const given = readDate(cell("answered_at"), site.timezone, mapping.dates ?? null);
	if (!given) return refuse("answered_at", cell("answered_at") === "" ? "must be there" : DATE);
	const today = dayOf(now, site.timezone);
	if (given.day === null ? given.at > now + AHEAD_MS : given.day > today)
		return refuse("answered_at", "must not be in the future");
	if (given.at < EARLIEST) return refuse("answered_at", "must be after 1999");
	const at = Math.min(given.at, now);

	const dropped: string[] = [];
	const kept = <Value>(field: string, text: string, value: Value | null): Value | null => {
		if (value === null && text !== "") dropped.push(field);
		return value;
	};
	const comment = cleanComment(cell("comment"));
	if (comment !== null && comment !== cell("comment").replaceAll("\0", "").trim()) dropped.push("comment");
	// Our own export has signed customers and claimed ones in two columns.
	const customer = cell("customer") || (mapping.customer === "customer" ? line.cell("claimed_customer") : "");
	const [drivers, unknown] = driversNamed(cell("drivers"), survey);
	if (unknown || drivers.length > DRIVERS_PER_ANSWER) dropped.push("drivers");
	const delay = DELAYS.find((name) => name === cell("delay")) ?? null;
	const isOwnDay = canBeDayOf(cell("day"), at);
	if (cell("day") !== "" && !isOwnDay) dropped.push("day");
	const erased = isYes(cell("erased"));
	return {
		answer: {
			line: line.line,
			sourceId: cell("id") || null,
			survey: survey.slug,
			version: version.version,
			score,
			drivers: drivers.slice(0, DRIVERS_PER_ANSWER),
			comment,
			commented: comment !== null || isYes(cell("commented")),
			segments: segmentsIn(line, cell, reading, dropped),
			transaction: kept("transaction", cell("transaction"), transactionReference.safeParse(cell("transaction")).data ?? null),
			customer: kept("customer", customer, customerReference.safeParse(customer).data ?? null),
			delay: kept("delay", cell("delay"), delay),
			page: kept("page", cell("page"), maskPage(cell("page"))),
			day: isOwnDay ? cell("day") : (given.day ?? dayOf(at, site.timezone)),
			at,
			erased,
		},
		dropped,
	};
}

const DATE = "must be a date, such as 2026-02-03 10:00 or Unix seconds; 02/03/2026 only where it was said which is the month";

const refuse = (field: string, detail: string) => ({ refused: { field, detail } });

const isYes = (text: string) => /^(?:true|yes|1)$/i.test(text);

type Cell = (field: ImportField) => string;

/** The survey and version that a line answers. */
function askedBy(cell: Cell, { source, survey: all, surveys, versions }: Reading) {
	const slug = all ?? cell("survey");
	const survey = surveys.find((each) => each.slug === slug);
	if (!survey)
		return refuse(
			"survey",
			slug === ""
				? "must be there, or said for the whole import"
				: `must be one of ${surveys.map((each) => each.slug).join(", ")}`,
		);
	const said = all === null ? cell("version") : "";
	const own = versions.filter((each) => each.survey === survey.slug);
	const version = own.find((each) => String(each.version) === (said || String(survey.version)));
	if (!version) return refuse("version", `must be one that this survey has here: ${own.map((each) => each.version).join(", ")}`);
	const { metric } = version;
	const kind = cell("metric").toLowerCase();
	if (kind !== "" && !ASKED_AS[metric]?.includes(kind)) return refuse("metric", `must be ${metric}, as the survey asks`);
	if (source === "delighted" && metric === "ces" && kind === "ces")
		return refuse("metric", "must be ces7: Delighted's ces has five levels and this survey seven");
	return { survey, version };
}

/** A score of the scale, or what is wrong with it. */
function scoreIn(text: string, { metric }: SurveyVersion): number | string {
	const { min, max } = METRICS[metric];
	if (text === "") return "must be there";
	const score = /^\d{1,2}(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN;
	return score >= min && score <= max ? score : `must be an integer from ${min} to ${max} for ${metric}`;
}

/** What an answer is told apart by: how it came, and declared segments with their values. */
function segmentsIn(line: Line, cell: Cell, { site, mapping, source }: Reading, dropped: string[]): Record<string, string> {
	const segments: Record<string, string> = { channel: "import" };
	const locale = pickLanguage([cell("locale")], LOCALE_CODES, TAGS);
	if (locale) segments["locale"] = locale;
	else if (cell("locale") !== "") dropped.push("locale");
	const device = DEVICES[cell("device").toLowerCase()];
	if (device) segments["device"] = device;
	else if (cell("device") !== "") dropped.push("device");
	const columns = new Map(Object.entries(mapping.segments ?? {}));
	if (source === "ndjson") for (const key of line.keysOf("segments")) if (!columns.has(key)) columns.set(key, `segments.${key}`);
	for (const [key, column] of columns) {
		const value = line.cell(column);
		if (value === "" || BUILT_IN.has(key)) continue;
		const values = Object.hasOwn(site.segments, key) ? site.segments[key] : undefined;
		if (values) segments[key] = values.includes(value) ? value : OTHER;
		if (!values || (segments[key] === OTHER && value !== OTHER)) dropped.push(`segments.${key}`);
	}
	return segments;
}

const BUILT_IN = new Set(["channel", "locale", "device"]);
