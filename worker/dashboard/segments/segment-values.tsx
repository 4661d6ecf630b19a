import type { Segments } from "../../../shared/insight-contract.ts";
import { figuresOf } from "../figure.ts";
import { formulaOf } from "../one-survey/formula-of.ts";
import { words as common } from "../one-survey/words.ts";
import { MARK_RANGE, MarkList } from "../plots/mark-list.tsx";
import { scaleAround } from "../plots/value-scale.ts";
import type { Reader } from "../reader.ts";
import { orderValues, type SegmentValue } from "./order-values.ts";
import { words } from "./words.ts";

export interface ValuesProps {
	readonly figures: Segments;
	/** What a value is called. */
	readonly nameOf: (value: string) => string;
	readonly reader: Reader;
}

/** The values of a segment as marks on one scale, the highest score first. */
export function SegmentValues({ figures, nameOf, reader }: ValuesProps) {
	const { survey, key, window, metric, everybody } = figures;
	const { value: write } = figuresOf(metric, reader);
	const values = orderValues(figures.values);
	const shown = values.filter(({ tier }) => tier !== "hidden");
	const reference = everybody.tier === "hidden" ? null : everybody.value;
	const scale = scaleAround(
		metric,
		[
			...shown.flatMap(({ interval }) => (interval ? [interval.low, interval.high] : [])),
			...(reference === null ? [] : [reference]),
		],
		MARK_RANGE,
	);
	const [low = 0, high = 0] = scale.domain();
	const n = reader.number(everybody.responses);
	const answersOf = (value: string) =>
		`/app/answers?${new URLSearchParams({ survey, segment: `${key}:${value}`, from: window.from, to: window.to })}`;
	return (
		<>
			<p class="quiet">
				{reference === null ? words.everybodyHidden(n) : words.everybodyIs(write(reference), words.answers(n))}{" "}
				{formulaOf(metric)} {shown.length > 0 ? words.scale(write(low), write(high)) : null}{" "}
				{shown.some(({ tier }) => tier === "early") ? words.earlyIs : null}
			</p>
			<MarkList
				label={words.values}
				scale={scale}
				write={write}
				reference={reference}
				marks={values.map((each) => {
					const hidden = each.tier === "hidden" || each.value === null || each.interval === null;
					const verdict = verdictOf(each);
					const told = each.verdict === "likely_changed" || each.verdict === "changed";
					return {
						name: (
							<a href={answersOf(each.name)}>
								<bdi>{nameOf(each.name)}</bdi>
							</a>
						),
						value: hidden ? null : each.value,
						interval: hidden ? null : each.interval,
						early: each.tier === "early",
						figure: hidden ? words.hidden : <strong>{write(each.value ?? 0)}</strong>,
						said: (
							<>
								{hidden ? words.hiddenSaid : common.interval(write(each.interval?.low ?? 0), write(each.interval?.high ?? 0))} ·{" "}
								{words.answers(reader.number(each.responses))}{" "}
								{each.tier === "early" ? <span class="tag warn">{common.early}</span> : null}
								{told ? (
									<span class={each.difference && each.difference.value < 0 ? "tag bad" : "tag good"}>{verdict}</span>
								) : null}
							</>
						),
					};
				})}
			/>
		</>
	);
}

/** What the answers tell of a value against all others. */
export function verdictOf({ verdict, difference }: SegmentValue): string {
	if (verdict === "too_few" || difference === null) return words.verdicts.too_few;
	if (verdict === "no_detectable_change") return words.verdicts.no_detectable_change;
	return difference.value < 0 ? words.lower : words.higher;
}
