import type { TargetedKeyboardEvent } from "preact";

interface Props {
	/** The lowest and the highest score. */
	readonly scale: readonly [min: number, max: number];
	readonly score: number | null;
	readonly question: string;
	/** What the lowest and the highest score mean. */
	readonly ends: readonly string[];
	readonly onPick: (score: number) => void;
}

/** The scale as native radios, lowest at the reading start. A tap, Space or Enter answers; arrow keys only move. */
export function Scale({ scale: [min, max], score, question, ends: [low, high], onPick }: Props) {
	return (
		<fieldset onKeyDown={move}>
			<legend>{question}</legend>
			<div class="row scale">
				{Array.from({ length: max - min + 1 }, (_, i) => {
					const n = i + min;
					return (
						<label key={n} class={n === score ? "on" : ""}>
							<input
								type="radio"
								name="score"
								checked={n === score}
								tabIndex={n === (score ?? min) ? 0 : -1}
								aria-label={n === min ? `${n}, ${low}` : n === max ? `${n}, ${high}` : undefined}
								onChange={() => onPick(n)}
							/>
							{n}
						</label>
					);
				})}
			</div>
			<div class="ends">
				<span>{low}</span>
				<span>{high}</span>
			</div>
		</fieldset>
	);
}

/** Arrow keys move as seen and choose nothing: a score passed over on the way to another is no answer. Enter chooses as Space does. */
function move(event: TargetedKeyboardEvent<HTMLFieldSetElement>) {
	const { key, currentTarget } = event;
	const right = getComputedStyle(currentTarget).direction === "rtl" ? -1 : 1;
	const steps: Record<string, number> = { ArrowRight: right, ArrowLeft: -right, ArrowDown: 1, ArrowUp: -1, Enter: 0 };
	const step = steps[key];
	if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
	event.preventDefault();
	const radios = [...currentTarget.querySelectorAll("input")];
	const radio = radios.at((radios.findIndex((other) => other.matches(":focus")) + step) % radios.length);
	if (step) radio?.focus();
	else radio?.click();
}
