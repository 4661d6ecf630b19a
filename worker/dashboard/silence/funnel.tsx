import { scaleLinear } from "d3-scale";
import type { Silence } from "../../../shared/insight-contract.ts";
import { BAR_RANGE, type Mark, MarkList } from "../plots/mark-list.tsx";
import type { Reader } from "../reader.ts";
import { words } from "./words.ts";

interface Props {
	readonly figures: Silence;
	readonly reader: Reader;
}

/** What became of every question that was shown, as bars of one scale; e-mail has a line of its own elsewhere. */
export function Funnel({ figures: { funnel, reasoned, channels }, reader }: Props) {
	const { shown, answered, dismissed, ignored, commented } = funnel;
	const all = channels.reduce((sum, each) => sum + each.funnel.answered, 0);
	const byEmail = channels.some(({ base, funnel }) => base === "opened" && funnel.shown > 0);
	const stage = (name: keyof typeof words.stages, value: number, said: string | null): Mark => ({
		name: words.stages[name],
		value,
		interval: null,
		figure: <strong>{reader.number(value)}</strong>,
		said,
	});
	const part = (count: number, of: number, say: (share: string) => string) => (of === 0 ? null : say(reader.percent(count / of)));
	return (
		<section class="card" aria-labelledby="funnel">
			<h2 id="funnel">{words.funnel}</h2>
			<MarkList
				bars
				label={words.funnel}
				scale={scaleLinear([0, Math.max(1, shown, reasoned)], [...BAR_RANGE])}
				write={reader.number}
				marks={[
					stage("shown", shown, null),
					stage("answered", answered, part(answered, shown, words.ofShown)),
					stage("dismissed", dismissed, part(dismissed, shown, words.ofShown)),
					stage("ignored", ignored, part(ignored, shown, words.ofShown)),
					stage(
						"reasoned",
						reasoned,
						part(reasoned, all, all === answered ? words.ofAnswered : (share) => words.ofAllAnswered(share, reader.number(all))),
					),
					stage("commented", commented, part(commented, answered, words.ofAnswered)),
				]}
			/>
			<p class="hint">
				{words.funnelNote} {byEmail ? words.withoutEmail : null}
			</p>
		</section>
	);
}
