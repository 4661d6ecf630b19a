import type { Context } from "hono";
import type { ImportGuess } from "../../../shared/import-contract.ts";
import type { Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Faults } from "../field.tsx";
import { readerOf } from "../reader.ts";
import { Table } from "../table.tsx";
import { faultSaid, fieldName } from "./field-name.ts";
import { FIELDS, mappingForm, tickOf } from "./mapping-of-form.ts";
import { WORDS } from "./words.ts";

/** What was said of a file, and what it is found to be. */
export interface Looked {
	readonly guess: ImportGuess;
	readonly survey: string;
	readonly name: string;
	readonly fingerprint: string;
	/** The file itself, or how it begins where a script has the rest. */
	readonly text: string;
	readonly whole: boolean;
	/** Candidates that are ticked, as they are sent. */
	readonly ticked: readonly string[];
}

interface Props {
	readonly c: Context<AppEnv>;
	readonly looked: Looked;
	readonly faults: readonly Fault[];
}

/** What our own exports have, and few others. */
const RARE = new Set<string>(["survey", "version", "metric", "day", "delay", "commented", "erased"]);

/** Shows what is taken from which column, and how the first lines then read. */
export function MappingForm({ c, looked, faults }: Props) {
	const { guess, whole } = looked;
	const { select, radios } = controls(mappingForm(guess.mapping), faults);
	const columns = [["", WORDS.nothing], ...guess.columns.map((column) => [column, column] as const)] as const;
	const segments = Object.keys(guess.mapping.segments ?? {}).filter((key) => c.get("site").segments[key]);
	const candidates = guess.candidates.filter(({ undeclared }) => undeclared.length > 0);
	const hidden = {
		survey: looked.survey,
		source: guess.source,
		name: looked.name,
		fingerprint: looked.fingerprint,
		delimiter: guess.delimiter ?? "",
	};
	return (
		<form method="post" action="/app/import/begin" enctype="multipart/form-data" class="card" id="mapping">
			<h2>{WORDS.mappingTitle}</h2>
			<Faults faults={faults} />
			<p class="hint">{WORDS.mappingIntro(guess.columns.length)}</p>
			<CsrfField token={c.get("visitor").csrf} />
			{Object.entries({ ...hidden, whole: whole ? "yes" : "no", columns: JSON.stringify(guess.columns) }).map(([name, value]) => (
				<input type="hidden" name={name} value={value} />
			))}
			<textarea hidden name="text">
				{`\n${looked.text}`}
			</textarea>
			<div class="columns-of">
				{FIELDS.filter((field) => !RARE.has(field)).map((field) => select(`map-${field}`, WORDS.fields[field], columns))}
				{segments.map((key) => select(`segment-${key}`, WORDS.segment(key), columns))}
			</div>
			<details open={faults.some(({ field }) => RARE.has(field.slice(4)))}>
				<summary>{WORDS.rare}</summary>
				<div class="columns-of">
					{FIELDS.filter((field) => RARE.has(field)).map((field) => select(`map-${field}`, WORDS.fields[field], columns))}
				</div>
			</details>
			{radios("dates", WORDS.dates, [
				["", WORDS.noOrder],
				["dmy", WORDS.dmy],
				["mdy", WORDS.mdy],
			])}
			{candidates.length > 0 ? (
				<fieldset class="field">
					<legend>{WORDS.candidates}</legend>
					<p class="hint">{WORDS.candidatesHint}</p>
					<div>
						{candidates.map((candidate) => (
							<label class="check">
								<input
									type="checkbox"
									name="declare"
									value={tickOf(candidate)}
									checked={looked.ticked.some((each) => each.startsWith(`[${JSON.stringify(candidate.key)},`))}
								/>
								<span>
									<bdi>{WORDS.candidate(candidate.key, candidate.values.join(", "))}</bdi>
								</span>
							</label>
						))}
					</div>
				</fieldset>
			) : null}
			<Preview c={c} guess={guess} />
			<p class="row">
				<button type="submit">{WORDS.begin}</button>
				<button type="submit" class="plain" formaction="/app/import" name="again" value="yes">
					{WORDS.again}
				</button>
			</p>
		</form>
	);
}

function Preview({ c, guess: { preview } }: { c: Context<AppEnv>; guess: ImportGuess }) {
	const reader = readerOf(c, c.get("site").timezone);
	const fields = [...new Set(preview.flatMap(({ fields }) => Object.keys(fields)))].filter((name) => name !== "day");
	return (
		<Table
			label={WORDS.previewTitle}
			caption={WORDS.previewTitle}
			kind="preview-lines"
			head={[WORDS.line, ...fields.map(fieldName), null]}
		>
			{preview.map(({ line, fields: kept, dropped, refused }) => (
				<tr>
					<th scope="row">{line}</th>
					{refused === null ? (
						<>
							{fields.map((name) => (
								<td dir="auto">
									{name === "answered_at" && kept[name] ? reader.moment(Date.parse(kept[name])) : (kept[name] ?? "")}
								</td>
							))}
							<td>
								{dropped.length > 0 ? <span class="tag warn">{WORDS.leftOut(dropped.map(fieldName).join(", "))}</span> : null}
							</td>
						</>
					) : (
						<td colspan={fields.length + 1}>
							<p class="tag bad">{WORDS.refused(faultSaid(refused))}</p>
						</td>
					)}
				</tr>
			))}
		</Table>
	);
}
