import type { Context } from "hono";
import { IMPORT_SOURCES } from "../../../shared/import-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Faults } from "../field.tsx";
import { WORDS } from "./words.ts";

interface Props {
	readonly c: Context<AppEnv>;
	readonly surveys: readonly SurveyView[];
	readonly form: URLSearchParams;
	readonly faults: readonly Fault[];
}

/** Asks for the file, and what it answers. */
export function LookForm({ c, surveys, form, faults }: Props) {
	const { text, select } = controls(form, faults);
	return (
		<form method="post" action="/app/import" enctype="multipart/form-data" class="card form" id="look">
			<Faults faults={faults} />
			<CsrfField token={c.get("visitor").csrf} />
			{text("file", WORDS.file, {
				hint: WORDS.fileHint,
				attributes: { type: "file", required: true, accept: ".csv,.tsv,.txt,.ndjson,.jsonl,.json,text/csv" },
			})}
			{select("survey", WORDS.survey, [...surveys.map(({ slug }) => [slug, slug] as const), ["", WORDS.each]], {
				hint: WORDS.apart,
			})}
			{select("source", WORDS.source, [
				["", WORDS.guess],
				...IMPORT_SOURCES.map((source) => [source, WORDS.sources[source]] as const),
			])}
			{text("name", WORDS.name, { hint: WORDS.nameHint, attributes: { maxlength: 120 } })}
			<button type="submit">{WORDS.look}</button>
		</form>
	);
}
