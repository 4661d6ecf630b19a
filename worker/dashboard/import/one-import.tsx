import { type Context, Hono } from "hono";
import type { ImportView, RefusedReply } from "../../../shared/import-contract.ts";
import type { AppEnv } from "../../env.ts";
import { CsrfField } from "../field.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { endPage } from "../settings/end-page.tsx";
import { settingsPage } from "../settings/frame.tsx";
import { Table } from "../table.tsx";
import { faultOf, fieldName } from "./field-name.ts";
import { WORDS } from "./words.ts";

/** Steps of taking an import back that one request makes: within what Cloudflare's free plan allows. */
const STEPS = 4;

/** One import: what came of its lines. */
export const oneImport = new Hono<AppEnv>();

oneImport.get("/app/import/:id", async (c) => {
	const api = c.get("api");
	const path = `/v1/imports/${encodeURIComponent(c.req.param("id"))}`;
	const after = /^\d{1,9}$/.exec(c.req.query("after") ?? "")?.[0] ?? "0";
	const [job, refused] = await Promise.all([api.get<ImportView>(path), api.get<RefusedReply>(`${path}/refused?after=${after}`)]);
	const reader = readerOf(c, c.get("site").timezone);
	return settingsPage(c, {
		part: "/app/import",
		title: WORDS.oneTitle(nameOf(job)),
		body: (
			<>
				<section class="card">
					<HowFar job={job} reader={reader} />
					<Tally job={job} reader={reader} />
					<Dropped job={job} reader={reader} />
					<Undo c={c} job={job} />
				</section>
				{job.refused > 0 ? <Refused job={job} reply={refused} /> : null}
			</>
		),
	});
});

oneImport.get("/app/import/:id/refused.csv", (c) =>
	c.get("api").fetch(`/v1/imports/${encodeURIComponent(c.req.param("id"))}/refused.csv`),
);

oneImport.get("/app/import/:id/undo", async (c) => {
	const job = await c.get("api").get<ImportView>(`/v1/imports/${encodeURIComponent(c.req.param("id"))}`);
	const reader = readerOf(c, c.get("site").timezone);
	return endPage(c, {
		part: "/app/import",
		title: WORDS.undoTitle,
		text: WORDS.undoText(reader.number(job.stored - job.undone)),
		yes: WORDS.undoYes,
		back: `/app/import/${job.id}`,
	});
});

oneImport.post("/app/import/:id/undo", async (c) => {
	const id = encodeURIComponent(c.req.param("id"));
	for (let step = 0; step < STEPS; step++) {
		const { state } = await c.get("api").send<ImportView>("POST", `/v1/imports/${id}/undo`);
		if (state === "undone") break;
	}
	return c.redirect(`/app/import/${id}`, 303);
});

/** What an import is called. */
export function nameOf({ name, source, survey }: ImportView): string {
	return [name || WORDS.sources[source], survey].filter(Boolean).join(", ");
}

/** How far it has come, or its taking back has; nothing where it is simply finished. */
function HowFar({ job: { state, stored, undone }, reader }: { job: ImportView; reader: Reader }) {
	const { said, kind } = {
		open: { said: WORDS.open, kind: "notice" },
		undoing: { said: WORDS.undoing(reader.number(undone), reader.number(stored)), kind: "notice" },
		undone: { said: WORDS.undone(reader.number(undone)), kind: "notice good" },
		finished: { said: null, kind: "" },
	}[state];
	return said ? (
		<p class={kind} role="status">
			{said}
		</p>
	) : null;
}

function Tally({ job, reader }: { job: ImportView; reader: Reader }) {
	const counts = Object.entries(WORDS.counts) as [keyof typeof WORDS.counts, string][];
	return (
		<dl class="tallied">
			{counts
				.filter(([name]) => name === "read" || name === "stored" || job[name] > 0)
				.map(([name, says]) => (
					<>
						<dt>{reader.number(job[name])}</dt>
						<dd>{says}</dd>
					</>
				))}
		</dl>
	);
}

function Dropped({ job, reader }: { job: ImportView; reader: Reader }) {
	const fields = Object.entries(job.dropped);
	if (fields.length === 0) return null;
	return (
		<>
			<h2>{WORDS.droppedTitle}</h2>
			<ul>
				{fields.map(([field, n]) => (
					<li>
						<bdi>{WORDS.dropped(fieldName(field), reader.number(n))}</bdi>
					</li>
				))}
			</ul>
		</>
	);
}

function Undo({ c, job: { id, state, stored } }: { c: Context<AppEnv>; job: ImportView }) {
	if (state === "undoing")
		return (
			<form method="post" action={`/app/import/${id}/undo`}>
				<CsrfField token={c.get("visitor").csrf} />
				<button type="submit" class="danger">
					{WORDS.undoMore}
				</button>
			</form>
		);
	if (state === "undone" || stored === 0) return null;
	return (
		<p>
			<a href={`/app/import/${id}/undo`}>{WORDS.undo}</a>
		</p>
	);
}

function Refused({ job, reply: { refused, next } }: { job: ImportView; reply: RefusedReply }) {
	return (
		<section class="card">
			<h2>{WORDS.refusedTitle}</h2>
			<p class="hint">{job.mapping.id ? WORDS.refusedIntro : WORDS.refusedWithoutIds}</p>
			<p>
				<a href={`/app/import/${job.id}/refused.csv`}>{WORDS.download}</a>
			</p>
			<Table label={WORDS.refusedTitle} head={[{ figure: WORDS.line }, WORDS.why]}>
				{refused.map(({ line, field, detail }) => (
					<tr>
						<th scope="row" class="number">
							{line}
						</th>
						<td>
							<bdi>{faultOf(field, detail)}</bdi>
						</td>
					</tr>
				))}
			</Table>
			{next === null ? null : (
				<p>
					<a href={`/app/import/${job.id}?after=${next}`}>{WORDS.next}</a>
				</p>
			)}
		</section>
	);
}
