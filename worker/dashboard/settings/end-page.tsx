import type { Context } from "hono";
import type { AppEnv } from "../../env.ts";
import { CsrfField } from "../field.tsx";
import { type Part, settingsPage } from "./frame.tsx";
import { WORDS } from "./words.ts";

interface Ending {
	readonly part: Part;
	readonly title: string;
	/** What happens then. */
	readonly text: string;
	/** What the button says. */
	readonly yes: string;
	/** Where somebody goes who would rather not: the part, unless it says another page. */
	readonly back?: string;
}

/** Asks on a page of its own before something is ended for good; the form goes to the page's own address. */
export function endPage(c: Context<AppEnv>, { part, title, text, yes, back = part }: Ending) {
	return settingsPage(c, {
		part,
		title,
		body: (
			<form method="post" class="card narrow">
				<CsrfField token={c.get("visitor").csrf} />
				<p>{text}</p>
				<p class="row">
					<button type="submit" class="danger">
						{yes}
					</button>
					<a href={back}>{WORDS.back}</a>
				</p>
			</form>
		),
	});
}
