import { Hono } from "hono";
import type { Child } from "hono/jsx";
import type * as z from "zod";
import type { Health, replayReply } from "../../../shared/operator-contract.ts";
import { requireOperatorSession } from "../../door/require-session.ts";
import type { AppEnv } from "../../env.ts";
import { CsrfField, Done } from "../field.tsx";
import { page } from "../page.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { words } from "./words.ts";

/** After this time (ms) without a scheduled run something is wrong: three of them have been missed. */
const LATE_MS = 15 * 60 * 1000;

/** Dead letters that are counted, at most. */
const COUNTED = 1_000;

/** The operator's room: how the Worker fares, in plain words. */
export const health = new Hono<AppEnv>();

health.use("/app/health/*", requireOperatorSession);

health.get("/app/health", async (c) => {
	const api = c.get("api");
	const after = c.req.query("after");
	const found = await api.get<Health>(`/v1/health${after === undefined ? "" : `?after=${encodeURIComponent(after)}`}`);
	const reader = readerOf(c, "UTC");
	const part = { found, reader };
	const [, kept, failed] = /^(\d{1,3})-(\d{1,3})$/.exec(c.req.query("replayed") ?? "") ?? [];
	return page(c, {
		title: words.title,
		body: (
			<>
				{kept && failed ? <Done>{words.replayed(kept, failed)}</Done> : null}
				<p class="quiet">{words.at(reader.moment(Date.parse(found.at)))}</p>
				{found.silent === null ? null : <p class="notice bad">{words.silent(found.silent.join(", "))}</p>}
				{found.other_secret === null ? null : (
					<p class="notice bad">{words.otherSecret(reader.moment(Date.parse(found.other_secret)))}</p>
				)}
				<Run {...part} />
				<Waiting {...part} />
				<Queue {...part} />
				<DeadLetters {...part} csrf={c.get("visitor").csrf} />
				<Deliveries {...part} />
				<Mended {...part} />
				<Signing {...part} />
			</>
		),
	});
});

health.post("/app/health/replay", async (c) => {
	const { kept, failed } = await c.get("api").send<z.infer<typeof replayReply>>("POST", "/v1/dead-letters/replay", {});
	return c.redirect(`/app/health?replayed=${kept}-${failed.length}`, 303);
});

interface Part {
	readonly found: Health;
	readonly reader: Reader;
}

function Run({ found: { at, last_run: run }, reader }: Part) {
	if (run === null) return <Card title={words.run}>{<p class="empty">{words.noRun}</p>}</Card>;
	const ago = Math.max(0, Date.parse(at) - Date.parse(run.ended_at));
	const { number } = reader;
	const resultOf = (did: Readonly<Record<string, number>>) =>
		Object.entries(did)
			.filter(([, many]) => many > 0)
			.map(([what, many]) => `${number(many)} ${words.counts[what] ?? what.replaceAll("_", " ")}`)
			.join(", ") || words.nothing;
	return (
		<Card title={words.run}>
			<p>{words.ran(reader.moment(Date.parse(run.ended_at)), reader.span(ago))}</p>
			{ago > LATE_MS ? <p class="notice bad">{words.late}</p> : null}
			<p class="quiet">{words.cost(number(run.calls), number(run.rows_read), number(run.rows_written))}</p>
			<Table caption={words.did} head={[words.step, words.result]}>
				{Object.entries(run.steps).map(([step, did]) => (
					<tr>
						<th scope="row">{words.steps[step] ?? step}</th>
						<td>{resultOf(did)}</td>
					</tr>
				))}
			</Table>
		</Card>
	);
}

function Waiting({ found: { waiting, failing, failed_minutes: minutes }, reader }: Part) {
	return (
		<Card title={words.waiting}>
			<dl>
				{(["evaluate", "retain", "recount"] as const).map((chore) => {
					const { sites, behind_ms } = waiting[chore];
					return (
						<>
							<dt>{words.chores[chore]}</dt>
							<dd>{sites === 0 ? words.noneWaits : words.waits(reader.number(sites), reader.span(behind_ms ?? 0))}</dd>
						</>
					);
				})}
			</dl>
			<h3>{words.failing}</h3>
			{failing.length + minutes.length === 0 ? <p class="quiet">{words.noneFails}</p> : null}
			{failing.map(({ site, name, chore, since, times, reason }) => (
				<div class="notice bad">
					<p>
						<bdi>{name ?? site}</bdi>. {words.fails(words.chores[chore], reader.number(times), reader.moment(Date.parse(since)))}
					</p>
					<p>
						<code>{reason}</code>
					</p>
				</div>
			))}
			{minutes.map(({ shard, step, last_at, times, reason }) => (
				<div class="notice bad">
					<p>
						{shard}. {words.failedMinutes(words.minuteSteps[step], reader.number(times), reader.moment(Date.parse(last_at)))}
					</p>
					<p>
						<code>{reason}</code>
					</p>
				</div>
			))}
		</Card>
	);
}

function Queue({ found: { queue }, reader }: Part) {
	if (queue === null) return <Card title={words.queue}>{<p class="quiet">{words.noQueue}</p>}</Card>;
	return (
		<Card title={words.queue}>
			<p>{words.queued(reader.number(queue.messages), reader.moment(Date.parse(queue.last_written_at)))}</p>
			<p>{words.waited(reader.span(queue.last_waited_ms), reader.span(queue.longest_waited_ms))}</p>
		</Card>
	);
}

function DeadLetters({ found: { dead_letters: dead }, reader, csrf }: Part & { csrf: string }) {
	if (!dead?.oldest) return <Card title={words.dead}>{<p class="quiet">{dead ? words.noneDead : words.none}</p>}</Card>;
	return (
		<Card title={words.dead}>
			<p>
				{words.areDead(reader.number(dead.count), reader.moment(Date.parse(dead.oldest)))}
				{dead.count >= COUNTED ? ` ${words.capped}` : null}
			</p>
			<form method="post" action="/app/health/replay">
				<CsrfField token={csrf} />
				<button type="submit">{words.replay}</button>
			</form>
		</Card>
	);
}

function Deliveries({ found: { at, deliveries }, reader }: Part) {
	const known = deliveries.filter(({ pending, dead, behind_ms }) => pending + dead > 0 || behind_ms !== null);
	const spanOf = (ms: number | null) => (ms === null ? words.none : reader.span(ms));
	return (
		<Card title={words.deliveries}>
			<p class="hint">{words.deliveriesHint}</p>
			{known.length === 0 ? (
				<p class="quiet">{words.noDeliveries}</p>
			) : (
				<Table
					caption={words.deliveries}
					head={[words.shard, words.oldestPending, words.behind]}
					numbers={[words.pending, words.deadOnes]}
				>
					{known.map(({ shard, pending, dead, oldest_pending: oldest, behind_ms }) => (
						<tr>
							<th scope="row">{shard}</th>
							<td class="date">{spanOf(oldest === null ? null : Math.max(0, Date.parse(at) - Date.parse(oldest)))}</td>
							<td class="date">{spanOf(behind_ms)}</td>
							<td class="number">{reader.number(pending)}</td>
							<td class="number">{reader.number(dead)}</td>
						</tr>
					))}
				</Table>
			)}
		</Card>
	);
}

function Mended({ found: { mended }, reader }: Part) {
	return (
		<Card title={words.mended}>
			<p class="hint">{words.mendedHint}</p>
			{mended.length === 0 ? (
				<p class="quiet">{words.noneMended}</p>
			) : (
				<Table caption={words.mended} head={[words.site, words.day, words.found]} numbers={[words.rows, words.asks]}>
					{mended.map(({ site, name, day, found_at, rows, asks }) => (
						<tr>
							<th scope="row">
								<bdi>{name ?? site}</bdi>
							</th>
							<td class="date">{reader.day(day)}</td>
							<td class="date">{reader.moment(Date.parse(found_at))}</td>
							<td class="number">{reader.number(rows)}</td>
							<td class="number">{reader.number(asks)}</td>
						</tr>
					))}
				</Table>
			)}
		</Card>
	);
}

function Signing({ found: { signing }, reader }: Part) {
	return (
		<Card title={words.signing}>
			<p class="hint">{words.signingHint}</p>
			{signing.sites.length === 0 ? (
				<p class="quiet">{words.noneSigns}</p>
			) : (
				<Table caption={words.signing} head={[words.site]} numbers={[words.answers, words.unsigned, words.share]}>
					{signing.sites.map(({ site, name, answers, unverified, share }) => (
						<tr>
							<th scope="row">
								<bdi>{name ?? site}</bdi>
							</th>
							<td class="number">{reader.number(answers)}</td>
							<td class="number">{reader.number(unverified)}</td>
							<td class="number">{share === null ? words.noShare : reader.percent(share)}</td>
						</tr>
					))}
				</Table>
			)}
			{signing.next === null ? null : (
				<p>
					<a class="button second" href={`/app/health?after=${encodeURIComponent(signing.next)}`}>
						{words.further}
					</a>
				</p>
			)}
		</Card>
	);
}

function Card({ title, children }: { title: string; children?: Child }) {
	return (
		<section class="card">
			<h2>{title}</h2>
			{children}
		</section>
	);
}

interface TableProps {
	readonly caption: string;
	readonly head: readonly string[];
	/** The columns of figures, which come last. */
	readonly numbers?: readonly string[];
	readonly children?: Child;
}

function Table({ caption, head, numbers = [], children }: TableProps) {
	return (
		<section class="scroll" tabindex={0} aria-label={caption}>
			<table>
				<caption class="unseen">{caption}</caption>
				<thead>
					<tr>
						{head.map((name) => (
							<th scope="col">{name}</th>
						))}
						{numbers.map((name) => (
							<th scope="col" class="number">
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>{children}</tbody>
			</table>
		</section>
	);
}
