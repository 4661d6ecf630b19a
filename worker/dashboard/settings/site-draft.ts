import { SEGMENT_KEYS } from "../../../shared/limits.ts";
import type { SiteView } from "../../../shared/site-contract.ts";
import type { Fault } from "../../api-error.ts";
import { rowsOf } from "./rows.ts";
import { siteWords } from "./site-words.ts";

/** A site as its form shows it. */
export function siteForm(site: SiteView): URLSearchParams {
	const { name, timezone, locale, default_survey, ingest } = site;
	const form = new URLSearchParams({ name, timezone, locale, default_survey, ingest, origins: site.origins.join("\n") });
	for (const code of site.locales) form.append("locales", code);
	for (const [i, [key, values]] of Object.entries(site.segments).entries()) {
		form.set(`segment-${i}-key`, key);
		form.set(`segment-${i}-values`, values.join("\n"));
	}
	return form;
}

/** The change that the form asks for, as `PATCH /v1/site` takes it, unchecked. */
export function siteDraft(form: URLSearchParams): Record<string, unknown> {
	const draft: Record<string, unknown> = {};
	for (const name of ["name", "timezone", "locale", "default_survey", "ingest"]) if (form.has(name)) draft[name] = form.get(name);
	const main = form.get("locale");
	draft["locales"] = [...new Set([...(main ? [main] : []), ...form.getAll("locales")])];
	draft["origins"] = linesOf(form.get("origins") ?? "");
	const rows = rowsOf(form, "segment", SEGMENT_KEYS) ?? [];
	draft["segments"] = Object.fromEntries(rows.map(({ parts: { key = "", values = "" } }) => [key, linesOf(values)]));
	return draft;
}

/** What the form itself finds wrong: of two segments of one name only the last would be kept. */
export function siteFaults(form: URLSearchParams): Fault[] {
	const rows = rowsOf(form, "segment", SEGMENT_KEYS) ?? [];
	const twice = rows.filter(({ parts }, i) => rows.findIndex((row) => row.parts["key"] === parts["key"]) < i);
	return twice.map(({ index }) => ({ field: `segment-${index}-key`, detail: siteWords.twice }));
}

/** What the API finds wrong, at the control where it stands. */
export function siteFaultAt(form: URLSearchParams, { field, detail }: Fault): Fault {
	const [name = "", part = "", line] = field.split(".");
	if (name === "origins" && part !== "") return { field: name, detail: `line ${Number(part) + 1} ${detail}` };
	if (name !== "segments" || part === "") return { field: name, detail };
	const rows = rowsOf(form, "segment", SEGMENT_KEYS) ?? [];
	// A name that is not plain is not repeated by the API: it is the one that it can mean.
	const row =
		rows.find(({ parts }) => parts["key"] === part) ?? rows.find(({ parts }) => !/^[\w-]{1,40}$/.test(parts["key"] ?? ""));
	if (!row) return { field: name, detail };
	return line === undefined
		? { field: `segment-${row.index}-key`, detail }
		: { field: `segment-${row.index}-values`, detail: `line ${Number(line) + 1} ${detail}` };
}

function linesOf(text: string): string[] {
	return text
		.split("\n")
		.map((line) => line.trim())
		.filter(Boolean);
}
