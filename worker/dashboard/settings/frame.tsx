import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { PageRights } from "../../door/page-headers.ts";
import type { AppEnv } from "../../env.ts";
import { page } from "../page.tsx";
import { auditWords, keyWords } from "./key-words.ts";
import { signingWords } from "./signing-words.ts";
import { retentionWords, siteWords } from "./site-words.ts";
import { surveysWords } from "./survey-words.ts";
import { WORDS } from "./words.ts";

/** The parts of the settings, in their order. */
const PARTS = [
	["/app/settings", siteWords.title],
	["/app/settings/surveys", surveysWords.title],
	["/app/set-up/tag", WORDS.tag],
	["/app/settings/signing", signingWords.title],
	["/app/webhooks", WORDS.webhooks],
	["/app/settings/retention", retentionWords.title],
	["/app/import", WORDS.importTitle],
	["/app/settings/keys", keyWords.title],
	["/app/settings/audit", auditWords.title],
] as const;

/** The address of a part. */
export type Part = (typeof PARTS)[number][0];

interface SettingsPage {
	readonly part: Part;
	readonly title: string;
	readonly body: Child;
	readonly rights?: PageRights;
	readonly status?: 200 | 400 | 404 | 409 | 413;
	/** As of `page`. */
	readonly again?: number;
	readonly scripts?: readonly string[];
}

/** A page of the settings, with the way to the others. */
export function settingsPage(c: Context<AppEnv>, { part, title, body, ...rest }: SettingsPage) {
	return page(c, {
		title,
		room: "/app/settings",
		body: (
			<>
				<ul class="choice parts" aria-label={WORDS.rooms}>
					{PARTS.map(([address, name]) => (
						<li>
							<a href={address} aria-current={address === part ? "page" : undefined}>
								{name}
							</a>
						</li>
					))}
				</ul>
				{body}
			</>
		),
		...rest,
	});
}
