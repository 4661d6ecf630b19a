import { words } from "./words.ts";

/** What a room says before the site's first ask. */
export function NeverAsked() {
	return (
		<div class="empty">
			<p>{words.empty}</p>
			<p>{words.emptyNext}</p>
			<p>
				<a class="button" href="/app/set-up">
					{words.setUp}
				</a>
			</p>
		</div>
	);
}
