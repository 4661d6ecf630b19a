import type { PropsWithChildren } from "hono/jsx";
import { FactList } from "../fact-list.tsx";
import { Table } from "../table.tsx";
import { Card, type Part } from "./part.tsx";
import { words } from "./words.ts";

/** After this time (ms) without a scheduled run something is wrong: three of them have been missed. */
const LATE_MS = 15 * 60 * 1000;

/** The scheduled run that ended last, and what it did. */
export function Run({ found: { at, last_run: run }, reader }: Part) {
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
			<Table label={words.did} head={[words.step, words.result]}>
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

/** What the scheduled run is behind with. */
export function Waiting({ found: { waiting }, reader }: Part) {
	return (
		<Card title={words.waiting}>
			<FactList
				facts={(["evaluate", "retain", "recount"] as const).map((chore) => {
					const { sites, behind_ms } = waiting[chore];
					return [
						words.chores[chore],
						sites === 0 ? words.noneWaits : words.waits(reader.number(sites), reader.span(behind_ms ?? 0)),
					];
				})}
			/>
		</Card>
	);
}

/** The chores of single sites that fail, the steps of the run of every minute that did, and what it should have told by now. */
export function Failing({ found: { failing, failed_minutes: minutes, deliveries }, reader }: Part) {
	const { number, moment } = reader;
	const late = deliveries.filter((shard) => shard.late);
	return (
		<Card title={words.failing}>
			{failing.length + minutes.length + late.length === 0 ? <p class="quiet">{words.noneFails}</p> : null}
			{failing.map(({ site, name, chore, since, times, reason }) => (
				<Failure reason={reason}>
					<bdi>{name ?? site}</bdi>. {words.fails(words.chores[chore], number(times), moment(Date.parse(since)))}
				</Failure>
			))}
			{minutes.map(({ shard, step, last_at, times, reason }) => (
				<Failure reason={reason}>
					{shard}. {words.failedMinutes(words.minuteSteps[step], number(times), moment(Date.parse(last_at)))}
				</Failure>
			))}
			{late.map(({ shard, untold, untold_ms }) => (
				<p class="notice bad">
					{shard}. {words.untoldSince(number(untold), reader.span(untold_ms ?? 0))}
				</p>
			))}
		</Card>
	);
}

function Failure({ reason, children }: PropsWithChildren<{ reason: string }>) {
	return (
		<div class="notice bad">
			<p>{children}</p>
			<p>
				<code>{reason}</code>
			</p>
		</div>
	);
}
