import type { PropsWithChildren } from "hono/jsx";
import { CsrfField } from "../field.tsx";
import type { Named } from "./erase-named.ts";
import * as words from "./words.ts";

interface Props {
	readonly csrf: string;
	/** What will happen, sentence by sentence. */
	readonly says: readonly string[];
	/** What the button does. */
	readonly does: string;
	/** Where somebody goes who would rather not. */
	readonly back: string;
}

/** Asks whether something shall be done that cannot be undone, and says what happens. The form goes to the page it stands on. */
export function SureForm({ csrf, says, does, back, children }: PropsWithChildren<Props>) {
	return (
		<form method="post" class="card sure">
			<CsrfField token={csrf} />
			{children}
			<ul>
				{says.map((sentence) => (
					<li>{sentence}</li>
				))}
			</ul>
			<div class="row">
				<button type="submit" class="danger">
					{does}
				</button>
				<a href={back}>{words.removal.cancel}</a>
			</div>
		</form>
	);
}

/** Asks whether a customer or an order shall be erased. */
export function EraseForm({ csrf, named, back }: { csrf: string; named: Named; back: string }) {
	return (
		<SureForm csrf={csrf} says={words.removal.says} does={words.removal.erase} back={back}>
			<p>
				<strong>
					<bdi>{named.name}</bdi>
				</strong>
			</p>
			<input type="hidden" name="name" value={named.name} />
		</SureForm>
	);
}
