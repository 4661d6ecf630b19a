import { type Context, Hono } from "hono";
import type { NewSigningSecretReply, SigningSecretView } from "../../../shared/signing-contract.ts";
import type { SiteView } from "../../../shared/site-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Done, Faults } from "../field.tsx";
import { readerOf } from "../reader.ts";
import { CredentialTable } from "./credential-table.tsx";
import { endPage } from "./end-page.tsx";
import { settingsPage } from "./frame.tsx";
import { Secret } from "./secret.tsx";
import { linesFor, SIGNING_LINES } from "./signing-lines.ts";
import { shopifyWords, signingWords } from "./signing-words.ts";
import { numberOf } from "./survey-draft.ts";
import { WORDS } from "./words.ts";

const SAY = signingWords;

/** What the merchant's server signs orders with: secrets, how strictly they are asked for, and the lines that use them. */
export const signingPages = new Hono<AppEnv>();

signingPages.get("/app/settings/signing", (c) => signingPage(c, {}));

/** How strictly signatures are asked for. */
signingPages.post("/app/settings/signing", async (c) => {
	const form = c.get("form");
	const change = { token_mode: form.get("token_mode"), token_days: numberOf(form.get("token_days") ?? "") };
	try {
		await c.get("api").send<SiteView>("PATCH", "/v1/site", change);
		return c.redirect("/app/settings/signing?done", 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return signingPage(c, { form, faults: error.faults });
	}
});

signingPages.post("/app/settings/signing/secrets", async (c) => {
	const made = await c.get("api").send<NewSigningSecretReply>("POST", "/v1/signing-secrets");
	return signingPage(c, { made });
});

signingPages.get("/app/settings/signing/:kid/end", (c) => {
	const { endTitle, endText, endYes } = SAY;
	return endPage(c, {
		part: "/app/settings/signing",
		title: endTitle(c.req.param("kid")),
		text: endText,
		yes: endYes,
	});
});

signingPages.post("/app/settings/signing/:kid/end", async (c) => {
	await c.get("api").send("DELETE", `/v1/signing-secrets/${encodeURIComponent(c.req.param("kid"))}`);
	return c.redirect("/app/settings/signing", 303);
});

interface Shown {
	readonly form?: URLSearchParams;
	readonly faults?: readonly Fault[];
	/** The secret just made. */
	readonly made?: NewSigningSecretReply;
}

async function signingPage(c: Context<AppEnv>, { form, faults = [], made }: Shown) {
	const api = c.get("api");
	const [site, { secrets }] = await Promise.all([
		api.get<SiteView>("/v1/site"),
		api.get<{ secrets: SigningSecretView[] }>("/v1/signing-secrets"),
	]);
	const mode = made?.token_mode ?? site.token_mode;
	const { radios, text } = controls(
		form ?? new URLSearchParams({ token_mode: mode, token_days: String(site.token_days) }),
		faults,
	);
	return settingsPage(c, {
		part: "/app/settings/signing",
		title: SAY.title,
		rights: { script: true },
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				{c.req.query("done") === undefined ? null : <Done>{WORDS.saved}</Done>}
				{made ? <Secret label={`${SAY.once} ${SAY.kidIs(made.secret.kid)}`} value={made.signing_secret} /> : null}
				<Faults faults={faults} />
				<p class="quiet">{SAY.intro}</p>
				<Secrets c={c} secrets={secrets} />
				<form method="post" action="/app/settings/signing" class="card form">
					<CsrfField token={c.get("visitor").csrf} />
					{radios("token_mode", SAY.mode, [
						["off", SAY.off],
						["prefer", SAY.prefer],
						["require", SAY.require],
					])}
					{text("token_days", SAY.days, { hint: SAY.daysHint, attributes: { inputmode: "numeric", required: true } })}
					<button type="submit">{WORDS.save}</button>
				</form>
				<p>
					<a href="/app/settings/signing/shopify">{shopifyWords.link}</a>
				</p>
				<Lines site={site} origin={new URL(c.req.url).origin} kid={made?.secret.kid ?? secrets.at(-1)?.kid} />
			</>
		),
	});
}

function Secrets({ c, secrets }: { c: Context<AppEnv>; secrets: readonly SigningSecretView[] }) {
	const reader = readerOf(c, c.get("site").timezone);
	return (
		<>
			{secrets.length === 0 ? (
				<p class="empty">{SAY.empty}</p>
			) : (
				<CredentialTable
					label={SAY.caption}
					head={[SAY.kid, SAY.hint, SAY.made]}
					credentials={secrets.map(({ kid, hint, created_at }) => ({
						name: kid,
						hint,
						made: reader.moment(Date.parse(created_at)),
						end: `/app/settings/signing/${kid}/end`,
					}))}
				/>
			)}
			<form method="post" action="/app/settings/signing/secrets" class="after">
				<CsrfField token={c.get("visitor").csrf} />
				{secrets.length === 0 ? <p class="hint">{SAY.addHint}</p> : null}
				<button type="submit">{SAY.add}</button>
			</form>
		</>
	);
}

function Lines({ site, origin, kid }: { site: SiteView; origin: string; kid: string | undefined }) {
	return (
		<section class="card">
			<h2>{SAY.lines}</h2>
			<p class="hint">{SAY.linesHint}</p>
			{SIGNING_LINES.map(([id, name, lines]) => (
				<details>
					<summary>{name}</summary>
					<button type="button" class="second" data-copy={`lines-${id}`} hidden>
						{WORDS.copy}
					</button>
					<pre id={`lines-${id}`} tabindex={0} translate="no">
						{linesFor(lines, site, origin, kid)}
					</pre>
				</details>
			))}
		</section>
	);
}
