import { WORDS } from "./words.ts";

/** Where in set-up a page stands, 0 to 2. */
export function Steps({ at }: { at: 0 | 1 | 2 }) {
	return (
		<ol class="steps" aria-label={WORDS.stepsName}>
			{WORDS.steps.map((name, i) => (
				<li aria-current={i === at ? "step" : undefined}>{name}</li>
			))}
		</ol>
	);
}
