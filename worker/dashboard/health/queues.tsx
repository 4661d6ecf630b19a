import { CsrfField } from "../field.tsx";
import { Table } from "../table.tsx";
import { Card, type Part } from "./part.tsx";
import { words } from "./words.ts";

/** Dead letters that are counted, at most. */
const COUNTED = 1_000;

/** What came through the ingest queue, and what does not. */
export function Queue({ found: { queue, put_off: off }, reader: { number, moment, span } }: Part) {
	return (
		<Card title={words.queue}>
			{off && (
				<p class="notice bad">{words.putOff(number(off.messages), moment(Date.parse(off.oldest)), number(off.attempts))}</p>
			)}
			{queue ? (
				<>
					<p>{words.queued(number(queue.messages), moment(Date.parse(queue.last_written_at)))}</p>
					<p>{words.waited(span(queue.last_waited_ms), span(queue.longest_waited_ms))}</p>
				</>
			) : (
				<p class="quiet">{words.noQueue}</p>
			)}
		</Card>
	);
}

/** Answers that could not be written, with the button that tries them again. */
export function DeadLetters({ found: { dead_letters: dead }, reader, csrf }: Part & { csrf: string }) {
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

/** What is told elsewhere, by database. */
export function Deliveries({ found: { at, deliveries }, reader }: Part) {
	const known = deliveries.filter(({ pending, dead, untold, behind_ms }) => pending + dead + untold > 0 || behind_ms !== null);
	const waiting = (n: number, ms: number | null) =>
		ms === null ? reader.number(n) : words.many(reader.number(n), reader.span(ms));
	return (
		<Card title={words.deliveries}>
			<p class="hint">{words.deliveriesHint}</p>
			{known.length === 0 ? (
				<p class="quiet">{words.noDeliveries}</p>
			) : (
				<Table
					label={words.deliveries}
					head={[
						words.shard,
						{ figure: words.untold },
						{ figure: words.behind },
						{ figure: words.pending },
						{ figure: words.deadOnes },
					]}
				>
					{known.map(({ shard, pending, dead, oldest_pending: oldest, behind_ms, untold, untold_ms }) => (
						<tr>
							<th scope="row">{shard}</th>
							<td class="number">{waiting(untold, untold_ms)}</td>
							<td class="number">{behind_ms === null ? words.none : reader.span(behind_ms)}</td>
							<td class="number">
								{waiting(pending, oldest === null ? null : Math.max(0, Date.parse(at) - Date.parse(oldest)))}
							</td>
							<td class="number">{reader.number(dead)}</td>
						</tr>
					))}
				</Table>
			)}
		</Card>
	);
}
