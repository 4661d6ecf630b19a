import { WORDS } from "./words.ts";

/** Something that is shown this once, with a button that copies it where there is a script. */
export function Secret({ label, value }: { label: string; value: string }) {
	return (
		<div class="notice good" role="status">
			<p>{label}</p>
			<p class="row">
				<code id="secret" class="secret">
					{value}
				</code>
				<button type="button" class="second" data-copy="secret" hidden>
					{WORDS.copy}
				</button>
			</p>
		</div>
	);
}
