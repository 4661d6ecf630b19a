import { h } from "preact";
import { COMMENT_CHARS } from "../shared/limits.ts";
import type { WidgetStrings } from "../shared/widget-settings.ts";

interface Props {
	readonly words: WidgetStrings;
	/** Ids of the reasons, in the order they are offered. */
	readonly offered: readonly string[];
	readonly drivers: readonly string[];
	readonly comment: string;
	readonly onChoose: (drivers: string[]) => void;
	readonly onWrite: (comment: string) => void;
	/** The comment field was left. */
	readonly onPause: () => void;
	readonly onDone: () => void;
}

/** The reasons, in the same words whatever the score, and room for a comment. All of it may be left out. */
export function FollowUp({ words, offered, drivers, comment, onChoose, onWrite, onPause, onDone }: Props) {
	return (
		<div class="more">
			{offered.length > 0 && (
				<fieldset>
					<legend>{words.reasons}</legend>
					<div class="row chips">
						{offered.map((id) => {
							const chosen = drivers.includes(id);
							return (
								<label key={id} class={chosen ? "on" : ""}>
									<input
										type="checkbox"
										checked={chosen}
										onChange={() => onChoose(chosen ? drivers.filter((other) => other !== id) : [...drivers, id])}
									/>
									{words.drivers[id]}
								</label>
							);
						})}
					</div>
				</fieldset>
			)}
			<label>
				{words.comment}
				<textarea
					rows={2}
					maxLength={COMMENT_CHARS}
					value={comment}
					onInput={(event) => onWrite(event.currentTarget.value)}
					onBlur={onPause}
				/>
			</label>
			<button type="button" class="done" onClick={onDone}>
				{words.done}
			</button>
		</div>
	);
}
