import type { Drivers } from "../../../shared/insight-contract.ts";
import { figuresOf } from "../figure.ts";
import { words as common } from "../one-survey/words.ts";
import type { Reader } from "../reader.ts";
import { Table } from "../table.tsx";
import { words } from "./words.ts";

type Driver = Drivers["drivers"][number];

interface Props {
	readonly figures: Drivers;
	readonly nameOf: (id: string) => string;
	readonly reader: Reader;
}

/** Every reason with all its figures, as the API has them in order. */
export function DriverTable({ figures, nameOf, reader }: Props) {
	const { survey, window } = figures;
	const answersWith = (driver: string) =>
		`/app/answers?${new URLSearchParams({ survey, driver, from: window.from, to: window.to })}`;
	return (
		<Table
			label={words.table}
			kind="figure-table drivers"
			head={[
				words.reason,
				...[words.mentions, words.reach, words.contrast, words.impact].map((figure) => ({ figure })),
				words.verdict,
			]}
		>
			{figures.drivers.map((driver) => (
				<tr>
					<th scope="row">
						<bdi>{nameOf(driver.id)}</bdi>
					</th>
					<td class="number">
						{driver.responses === 0 ? 0 : <a href={answersWith(driver.id)}>{reader.number(driver.responses)}</a>}
					</td>
					<td class="number">{reader.percent(driver.reach)}</td>
					<Weight driver={driver} figures={figures} reader={reader} />
					<td class="verdict">{verdictOf(driver)}</td>
				</tr>
			))}
		</Table>
	);
}

function Weight({
	driver: { contrast, interval, impact },
	figures,
	reader,
}: Omit<Props, "nameOf"> & { readonly driver: Driver }) {
	const { change } = figuresOf(figures.metric, reader);
	return (
		<>
			<td class="number">
				{contrast === null ? words.none : change(contrast)}
				{interval === null ? null : <div class="hint">{common.interval(change(interval.low), change(interval.high))}</div>}
			</td>
			<td class="number">{impact === null ? words.none : change(impact)}</td>
		</>
	);
}

function verdictOf({ verdict, quadrant, contrast }: Driver): string {
	if (quadrant !== null && contrast !== null) return words.told(words.quadrants[quadrant], contrast > 0);
	return verdict === "too_few" ? words.verdicts.too_few : words.verdicts.no_detectable_change;
}
