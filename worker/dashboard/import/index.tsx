import { type Context, Hono } from "hono";
import { type ImportGuess, type ImportView, SAMPLE_CHARS } from "../../../shared/import-contract.ts";
import type { SiteView } from "../../../shared/site-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { readerOf } from "../reader.ts";
import { settingsPage } from "../settings/frame.tsx";
import { Table } from "../table.tsx";
import { LookForm } from "./look-form.tsx";
import { type Looked, MappingForm } from "./mapping-form.tsx";
import { declared, mappingOf } from "./mapping-of-form.ts";
import { nameOf, oneImport } from "./one-import.tsx";
import { WORDS } from "./words.ts";

/** Where history comes in: a file is looked at, what its columns hold is put right, and its lines are sent. */
export const importRoom = new Hono<AppEnv>();

importRoom.get("/app/import", (c) => importPage(c, { form: new URLSearchParams({ survey: c.get("site").defaultSurvey }) }));

/** Looks at a file, or at how it begins; and again, with the mapping that was put right. */
importRoom.post("/app/import", async (c) => {
	const form = c.get("form");
	try {
		return await importPage(c, { form, looked: await lookAt(c, form) });
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return importPage(c, { form, faults: atControls(error.faults) });
	}
});

/** Begins. A script is told which import it is, and sends the lines; without one, the form has the whole file. */
importRoom.post("/app/import/begin", async (c) => {
	const form = c.get("form");
	const api = c.get("api");
	try {
		await declare(c, form);
		const said = (name: string) => form.get(name) || undefined;
		const csv = said("delimiter") !== undefined;
		const job = await api.send<ImportView>("POST", "/v1/imports", {
			source: said("source"),
			survey: said("survey"),
			name: said("name"),
			fingerprint: said("fingerprint"),
			mapping: mappingOf(form),
			...(csv ? { columns: JSON.parse(form.get("columns") ?? "[]") } : {}),
		});
		if (form.get("scripted") === "yes") return c.json({ id: job.id, next_line: job.next_line, delimiter: form.get("delimiter") });
		const type = csv ? "text/csv" : "application/x-ndjson";
		const separated = csv ? `&delimiter=${encodeURIComponent(form.get("delimiter") ?? ",")}` : "";
		await api.post(`/v1/imports/${job.id}/lines?line=1${separated}`, type, form.get("text") ?? "");
		await api.send("POST", `/v1/imports/${job.id}/finish`);
		return c.redirect(`/app/import/${job.id}`, 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		const faults = error.code === "payload_too_large" ? [{ field: "file", detail: WORDS.tooLong }] : atControls(error.faults);
		return importPage(c, { form, looked: await lookAt(c, form), faults });
	}
});

importRoom.post("/app/import/:id/lines", async (c) => {
	const form = c.get("form");
	const path = `/v1/imports/${encodeURIComponent(c.req.param("id"))}/lines?line=${encodeURIComponent(form.get("line") ?? "")}`;
	const { next_line, read, stored, refused } = await c
		.get("api")
		.post<ImportView>(path, "application/x-ndjson", form.get("lines") ?? "");
	return c.json({ next_line, read, stored, refused });
});

importRoom.post("/app/import/:id/finish", async (c) => {
	const id = encodeURIComponent(c.req.param("id"));
	await c.get("api").send("POST", `/v1/imports/${id}/finish`);
	return c.redirect(`/app/import/${id}`, 303);
});

importRoom.route("/", oneImport);

/** What a form says of its file: sent with it, or looked at before. */
async function lookAt(c: Context<AppEnv>, form: URLSearchParams): Promise<Looked> {
	const text = form.get("text") || form.get("file") || "";
	if (text === "") throw ApiError.invalid("file", "must have something in it");
	const survey = form.get("survey") ?? "";
	const source = form.get("source") || undefined;
	const again = form.get("columns") !== null;
	// One that a script has begun to read ends anywhere.
	const whole = form.get("whole") !== "no" && text.length <= SAMPLE_CHARS;
	const guess = await c.get("api").send<ImportGuess>("POST", "/v1/imports/guess", {
		text: text.slice(0, SAMPLE_CHARS),
		whole,
		...(survey ? { survey } : {}),
		...(source ? { source } : {}),
		...(again ? { mapping: mappingOf(form) } : {}),
	});
	const fingerprint = form.get("fingerprint") || form.get("file-fingerprint") || "";
	const rest = { survey, name: form.get("name") ?? "", fingerprint, ticked: form.getAll("declare") };
	return { ...rest, guess, text, whole: form.get("whole") !== "no" };
}

/** Declares the segments that are ticked, with the values seen, beside those there are. */
async function declare(c: Context<AppEnv>, form: URLSearchParams): Promise<void> {
	const ticked = declared(form);
	if (ticked.length === 0) return;
	const { segments } = await c.get("api").get<SiteView>("/v1/site");
	const all: Record<string, readonly string[]> = { ...segments };
	for (const { key, values } of ticked)
		all[key] = [...new Set([...(all[key] ?? []), ...values.filter((value) => value !== "other")])];
	const kept = await c.get("api").send<SiteView>("PATCH", "/v1/site", { segments: all });
	// The lines that follow in this very request are read by it.
	c.set("site", { ...c.get("site"), segments: kept.segments });
}

/** What the API finds wrong, at the control where it stands. */
function atControls(faults: readonly Fault[]): Fault[] {
	return faults.map(({ field, detail }) => {
		const [, part, which] = /^(mapping|segments)\.(.+)$/.exec(field) ?? [];
		if (field === "text") return { field: "file", detail };
		return { field: part === "mapping" ? `map-${which}` : field, detail };
	});
}

interface Shown {
	readonly form: URLSearchParams;
	readonly looked?: Looked;
	readonly faults?: readonly Fault[];
}

async function importPage(c: Context<AppEnv>, { form, looked, faults = [] }: Shown) {
	const api = c.get("api");
	const [{ surveys }, { imports }] = await Promise.all([
		api.get<{ surveys: SurveyView[] }>("/v1/surveys"),
		api.get<{ imports: ImportView[] }>("/v1/imports"),
	]);
	return settingsPage(c, {
		part: "/app/import",
		title: WORDS.title,
		status: faults.length > 0 ? 400 : 200,
		rights: { script: true },
		scripts: ["/app/papaparse.js", "/app/import.js"],
		body: (
			<>
				<p class="quiet">{WORDS.intro}</p>
				<p class="quiet">{WORDS.unsigned}</p>
				<div id="step" class="importing" data-sent={WORDS.sent} data-waits={WORDS.waits} data-stopped={WORDS.stopped}>
					{looked ? (
						<MappingForm c={c} looked={looked} faults={faults} />
					) : (
						<LookForm c={c} surveys={surveys} form={form} faults={faults} />
					)}
				</div>
				<div id="progress" class="card importing" hidden>
					<progress max={100} value={0} aria-label={WORDS.progress} />
					<p role="status" />
				</div>
				<ImportList c={c} imports={imports} />
			</>
		),
	});
}

function ImportList({ c, imports }: { c: Context<AppEnv>; imports: readonly ImportView[] }) {
	const reader = readerOf(c, c.get("site").timezone);
	return (
		<section>
			<h2>{WORDS.listTitle}</h2>
			{imports.length === 0 ? (
				<p class="empty">{WORDS.none}</p>
			) : (
				<Table
					label={WORDS.listTitle}
					kind="imports"
					head={[WORDS.title, WORDS.state, { figure: WORDS.read }, { figure: WORDS.kept }, { figure: WORDS.refusedLines }]}
				>
					{imports.map((job) => (
						<tr>
							<th scope="row">
								<a href={`/app/import/${job.id}`}>
									<bdi>{nameOf(job)}</bdi>
								</a>
								<p class="hint">
									{WORDS.began} <time datetime={job.created_at}>{reader.moment(Date.parse(job.created_at))}</time>
								</p>
							</th>
							<td>{WORDS.states[job.state]}</td>
							<td class="number">{reader.number(job.read)}</td>
							<td class="number">{reader.number(job.stored - job.undone)}</td>
							<td class="number">{reader.number(job.refused)}</td>
						</tr>
					))}
				</Table>
			)}
		</section>
	);
}
