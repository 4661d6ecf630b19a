import { type Context, Hono } from "hono";
import type { ApiKeyView, NewApiKeyReply } from "../../../shared/access-contract.ts";
import { SCOPES } from "../../../shared/scopes.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { isolated } from "../../isolated.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Faults } from "../field.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { CredentialTable } from "./credential-table.tsx";
import { endPage } from "./end-page.tsx";
import { settingsPage } from "./frame.tsx";
import { keyWords, scopeWords } from "./key-words.ts";
import { Secret } from "./secret.tsx";

const SAY = keyWords;

/** The keys that open the site: made, shown once, ended. */
export const keyPages = new Hono<AppEnv>();

keyPages.get("/app/settings/keys", (c) => keysPage(c, { form: new URLSearchParams({ scopes: "scores:read" }) }));

keyPages.post("/app/settings/keys", async (c) => {
	const form = c.get("form");
	const until = form.get("expires_at") ?? "";
	const wanted = {
		name: form.get("name") ?? "",
		scopes: form.getAll("scopes"),
		// The last day is a day of the collector's clock, to its end.
		expires_at: until ? `${until}T23:59:59Z` : null,
	};
	try {
		const made = await c.get("api").send<NewApiKeyReply>("POST", "/v1/keys", wanted);
		return keysPage(c, { form: new URLSearchParams({ scopes: "scores:read" }), secret: made.secret_key });
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return keysPage(c, { form, faults: error.faults });
	}
});

keyPages.get("/app/settings/keys/:id/end", async (c) => {
	const key = (await keysOf(c)).find(({ id }) => id === c.req.param("id"));
	if (!key) throw ApiError.notFound("id", "must be the id of one of this site's keys");
	const { endTitle, endText, endYes } = SAY;
	return endPage(c, { part: "/app/settings/keys", title: endTitle(isolated(key.name)), text: endText, yes: endYes });
});

keyPages.post("/app/settings/keys/:id/end", async (c) => {
	await c.get("api").send("DELETE", `/v1/keys/${encodeURIComponent(c.req.param("id"))}`);
	return c.redirect("/app/settings/keys", 303);
});

interface Shown {
	readonly form: URLSearchParams;
	readonly faults?: readonly Fault[];
	/** The key just made. */
	readonly secret?: string;
}

async function keysPage(c: Context<AppEnv>, { form, faults = [], secret }: Shown) {
	const keys = await keysOf(c);
	const reader = readerOf(c, c.get("site").timezone);
	const { text, checks } = controls(form, faults);
	return settingsPage(c, {
		part: "/app/settings/keys",
		title: SAY.title,
		rights: { script: true },
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				{secret === undefined ? null : <Secret label={SAY.once} value={secret} />}
				<Faults faults={faults} />
				<p class="quiet">{SAY.intro}</p>
				<KeyTable keys={keys} reader={reader} />
				<form method="post" class="card form" action="/app/settings/keys">
					<h2>{SAY.add}</h2>
					<CsrfField token={c.get("visitor").csrf} />
					{text("name", SAY.name, { hint: SAY.nameHint, attributes: { required: true, maxlength: 80, autocomplete: "off" } })}
					{checks(
						"scopes",
						SAY.scopes,
						SCOPES.map((scope) => [scope, scopeWords[scope]] as const),
					)}
					{text("expires_at", SAY.expiresLabel, { hint: SAY.expiresHint, attributes: { type: "date" } })}
					<button type="submit">{SAY.add}</button>
				</form>
			</>
		),
	});
}

function KeyTable({ keys, reader }: { keys: readonly ApiKeyView[]; reader: Reader }) {
	const date = (text: string | null) => <span class="date">{text ?? SAY.never}</span>;
	return (
		<CredentialTable
			label={SAY.caption}
			head={[SAY.name, SAY.hint, SAY.scopes, SAY.used, SAY.expires, SAY.made]}
			credentials={keys.map(({ id, name, hint, scopes, created_at, last_used: used, expires_at: expires }) => ({
				name,
				hint,
				more: [
					scopes.length === SCOPES.length ? SAY.every : scopes.join(", "),
					date(used && reader.day(used)),
					date(expires && reader.moment(Date.parse(expires))),
				],
				made: reader.moment(Date.parse(created_at)),
				end: `/app/settings/keys/${id}/end`,
			}))}
		/>
	);
}

async function keysOf(c: Context<AppEnv>): Promise<readonly ApiKeyView[]> {
	return (await c.get("api").get<{ keys: ApiKeyView[] }>("/v1/keys")).keys;
}
