import { figuresOf } from "../figure.ts";
import { words as common } from "../one-survey/words.ts";
import { Table } from "../table.tsx";
import { orderValues } from "./order-values.ts";
import { type ValuesProps, verdictOf } from "./segment-values.tsx";
import { words } from "./words.ts";

/** The values of a segment with all their figures. */
export function SegmentTable({ figures, nameOf, reader }: ValuesProps) {
	const { value: write, change } = figuresOf(figures.metric, reader);
	const last = words.head.length - 1;
	return (
		<details class="figure-table">
			<summary>{words.table}</summary>
			<Table label={words.table} head={words.head.map((head, i) => (i === 0 || i === last ? head : { figure: head }))}>
				{orderValues(figures.values).map((each) => {
					const { value, interval, tier, response_rate: rate, difference } = each;
					const hidden = tier === "hidden" || value === null || interval === null;
					return (
						<tr>
							<th scope="row">
								<bdi>{nameOf(each.name)}</bdi>
							</th>
							<td class="number">{hidden ? words.hidden : write(value)}</td>
							<td class="number">{hidden ? words.none : common.interval(write(interval.low), write(interval.high))}</td>
							<td class="number">{reader.number(each.responses)}</td>
							<td class="number">{each.shown === null ? words.none : reader.number(each.shown)}</td>
							<td class="number">{rate.value === null ? words.none : reader.percent(rate.value / 100)}</td>
							<td class="number">
								{difference === null ? words.none : change(difference.value)}
								{difference === null ? null : (
									<div class="hint">{common.interval(change(difference.interval.low), change(difference.interval.high))}</div>
								)}
							</td>
							<td class="verdict">{verdictOf(each)}</td>
						</tr>
					);
				})}
			</Table>
			<p class="hint">
				{words.comparison} {emailNote(figures)}
			</p>
		</details>
	);
}

/** What asks by e-mail do to the response rates; a delay has none. */
function emailNote({ key, everybody: { emailed } }: ValuesProps["figures"]): string | null {
	if (emailed === 0 || key === "delay") return null;
	return key === "channel" ? words.byEmail : words.withEmail;
}
