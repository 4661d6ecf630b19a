import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { allow, type PageRights } from "../door/page-headers.ts";
import type { AppEnv } from "../env.ts";
import { CsrfField } from "./field.tsx";

/** The rooms of a site, as the navigation names them, in its order, and the style that each adds to the house's. */
const ROOMS = [
	["/app/", "Overview", "figures"],
	["/app/answers", "Answers", "answers"],
	["/app/cases", "Cases", "cases"],
	["/app/drivers", "Drivers", "figures"],
	["/app/segments", "Segments", "figures"],
	["/app/silence", "Silence", "figures"],
	["/app/loyalty", "Loyalty", "cases"],
	["/app/report", "Report", "figures"],
	["/app/settings", "Settings", "settings"],
] as const;

/** The address of a room: where the page stands in the navigation. */
export type Room = (typeof ROOMS)[number][0];

interface Page {
	readonly title: string;
	/** Which room it is in; null outside of them. */
	readonly room?: Room | null;
	/** What stands beside the heading. */
	readonly beside?: Child;
	readonly body: Child;
	readonly rights?: PageRights;
	readonly status?: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 415 | 429 | 500 | 503;
	/** Scripts of its own, by their addresses, in their order. */
	readonly scripts?: readonly string[];
	/** Seconds after which the page is loaded anew; where it may run our script and the browser does, that alone looks (`data-live`). */
	readonly again?: number;
}

/** A page of the owner's house. */
export async function page(
	c: Context<AppEnv>,
	{ title, room = null, beside, body, rights = {}, status = 200, again, scripts = [] }: Page,
) {
	allow(c, rights);
	const site = c.get("site");
	const visitor = c.get("visitor");
	const sheet = ROOMS.find(([address]) => address === room)?.[2] ?? "settings";
	const html = (
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>{site ? `${title} – ${site.name}` : `${title} – Afterword`}</title>
				<link rel="icon" href="data:," />
				<link rel="stylesheet" href="/app/app.css" />
				<link rel="stylesheet" href={`/app/${sheet}.css`} />
				{again === undefined ? null : <Again seconds={again} script={rights.script ?? false} />}
				{rights.script ? <script type="module" src="/app/app.js" /> : null}
				{rights.script ? scripts.map((address) => <script defer src={address} />) : null}
			</head>
			<body>
				<a class="skip" href="#main">
					Skip to the page
				</a>
				<header class="top">
					<a class="wordmark" href="/app/">
						{site ? <bdi>{site.name}</bdi> : "Afterword"}
					</a>
					{visitor ? (
						<div class="who">
							{visitor.operator ? <a href="/app/sites">Sites</a> : null}
							<form method="post" action="/app/logout">
								<CsrfField token={visitor.csrf} />
								<button class="plain" type="submit">
									Log out
								</button>
							</form>
						</div>
					) : null}
				</header>
				{site ? (
					<nav aria-label="Rooms">
						<ul>
							{ROOMS.map(([address, name]) => (
								<li>
									<a href={address} aria-current={address === room ? "page" : undefined}>
										{name}
									</a>
								</li>
							))}
						</ul>
					</nav>
				) : null}
				<main id="main" tabindex={-1}>
					<div class="heading">
						<h1>{title}</h1>
						{beside}
					</div>
					{body}
				</main>
			</body>
		</html>
	);
	return c.html(`<!doctype html>${await html.toString()}`, status);
}

/** Loads the page anew. A page with a script stays fresh by it: there the browser without scripts is told alone, so that never both are at work. */
function Again({ seconds, script }: { seconds: number; script: boolean }) {
	const refresh = <meta http-equiv="refresh" content={String(seconds)} />;
	return script ? <noscript>{refresh}</noscript> : refresh;
}
