import { words } from "./words.ts";

interface Props {
	/** What is said; what is said before the site's first ask unless the room says something else. */
	readonly said?: { readonly empty: string; readonly emptyNext: string; readonly setUp: string };
}

/** What a room says where nobody was asked, and the way to the set-up. */
export function NobodyAsked({ said = words }: Props) {
	return (
		<div class="empty">
			<p>{said.empty}</p>
			<p>{said.emptyNext}</p>
			<p>
				<a class="button" href="/app/set-up">
					{said.setUp}
				</a>
			</p>
		</div>
	);
}
