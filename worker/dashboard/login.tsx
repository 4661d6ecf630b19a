import { type Context, Hono } from "hono";
import { directoryOf } from "../db/db-for.ts";
import { takeLoginLink } from "../db/login-links.ts";
import { brakeAddress } from "../door/limits.ts";
import { readForm } from "../door/read-form.ts";
import { requireSession } from "../door/require-session.ts";
import { logIn, logInOperator, logOut, visitorOf } from "../door/session.ts";
import type { AppEnv } from "../env.ts";
import { sha256Hex } from "../keys/key.ts";
import { controlProps, Field } from "./field.tsx";
import { page } from "./page.tsx";

/** The way into the owner's house and out of it. */
export const login = new Hono<AppEnv>();

login.get("/app/login", async (c) => {
	await brakeAddress(c, Date.now());
	const now = Date.now();
	const once = c.req.query("once");
	if (once) {
		const link = await takeLoginLink(directoryOf(c.env), await sha256Hex(once.slice(0, 200)), now);
		if (!link) return loginPage(c, { to: "/app/", note: "This link was used before, or is too old. A key opens the door too." });
		await logInOperator(c, link.site, now);
		return c.redirect(link.site ? "/app/" : "/app/sites", 303);
	}
	const to = pathOf(c.req.query("to"));
	if (await visitorOf(c, now)) return c.redirect(to, 303);
	return loginPage(c, { to });
});

login.post("/app/login", async (c, next) => {
	await brakeAddress(c, Date.now());
	return next();
});
login.post("/app/login", readForm, async (c) => {
	const form = c.get("form");
	const to = pathOf(form.get("to") ?? undefined);
	const given = (form.get("key") ?? "").trim();
	if (await logIn(c, given, Date.now())) return c.redirect(to, 303);
	return loginPage(c, { to, fault: "must be one of a site's keys, or the operator's; this is none that is known here" });
});

login.post("/app/logout", requireSession, readForm, async (c) => {
	await logOut(c, c.get("visitor"));
	return c.redirect("/app/login", 303);
});

function loginPage(c: Context<AppEnv>, { to, note, fault }: { to: string; note?: string; fault?: string }) {
	const faults = fault ? [{ field: "key", detail: fault }] : [];
	return page(c, {
		title: "Log in",
		status: fault ? 403 : note ? 410 : 200,
		body: (
			<form method="post" action="/app/login" class="narrow">
				{note ? <p class="notice">{note}</p> : null}
				<input type="hidden" name="to" value={to} />
				<Field
					name="key"
					label="Key"
					hint={
						<>
							A site's key (<code>aw_sk_…</code>), or the operator's.
						</>
					}
					faults={faults}
				>
					<input {...controlProps("key", faults, true)} type="password" autocomplete="current-password" required />
				</Field>
				<button type="submit">Log in</button>
			</form>
		),
	});
}

/** A page of the owner's house to go to; anything else is the first one. */
function pathOf(to: string | undefined): string {
	return to && /^\/app\/(?!\/|login|logout)(?!.*\.\.)[\w/.?&=%:~+,-]*$/.test(to) ? to : "/app/";
}
