import { ROLLING } from "../../../shared/window.ts";
import { verifiedByDefault } from "../../score-scope.ts";
import type { Site } from "../../site.ts";
import { controlProps, Field } from "../field.tsx";
import type { AskedWindow } from "./asked-window.ts";
import { words } from "./words.ts";

interface Props {
	/** The page that is asked, by its path. */
	readonly path: string;
	readonly asked: AskedWindow;
	readonly site: Site;
	/** What else the page is asked for, and stays as it is. */
	readonly kept?: Readonly<Record<string, string>>;
}

/** Which days a page is about: links for the usual windows, and a form for any other. Where the site signs it is said what counts. */
export function WindowChoice({ path, asked: { window, custom, from, to, faults }, site, kept = {} }: Props) {
	const addressOf = (name: string) => `${path}?${new URLSearchParams({ ...kept, window: name })}`;
	return (
		<div class="window-choice">
			<nav aria-label={words.choice}>
				<ul class="choice">
					{Object.keys(ROLLING).map((name) => (
						<li>
							<a href={addressOf(name)} aria-current={window.name === name && faults.length === 0 ? "true" : undefined}>
								{words.named[name as keyof typeof ROLLING]}
							</a>
						</li>
					))}
				</ul>
			</nav>
			<details open={custom || faults.length > 0}>
				<summary>{words.custom}</summary>
				<form method="get" action={path}>
					{Object.entries(kept).map(([name, value]) => (
						<input type="hidden" name={name} value={value} />
					))}
					<Field name="from" label={words.from}>
						<input type="date" required value={from} {...controlProps("from")} />
					</Field>
					<Field name="to" label={words.to} faults={faults}>
						<input type="date" required value={to} {...controlProps("to", faults)} />
					</Field>
					<button type="submit">{words.show}</button>
				</form>
			</details>
			{verifiedByDefault(site) === "only" ? (
				<p class="quiet">
					{words.signedAlone} <a href="/app/answers?verified=no">{words.unsigned}</a>
				</p>
			) : null}
		</div>
	);
}
