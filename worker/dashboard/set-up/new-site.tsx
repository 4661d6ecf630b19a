import { type Context, Hono } from "hono";
import { LOCALE_CODES } from "../../../shared/locales/index.ts";
import type { NewSiteReply, SitesReply } from "../../../shared/site-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import { enterSite, requireOperatorSession } from "../../door/require-session.ts";
import type { AppEnv } from "../../env.ts";
import type { Api } from "../call-api.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Faults } from "../field.tsx";
import { languageName } from "../language-name.ts";
import { page } from "../page.tsx";
import { siteFaultAt } from "../settings/site-draft.ts";
import { siteWords } from "../settings/site-words.ts";
import { TimeZones } from "../settings/time-zones.tsx";
import { questionPage } from "./question-page.tsx";
import { Steps } from "./steps.tsx";
import { WORDS } from "./words.ts";

const SAY = WORDS.site;

/** The first step of set-up, the operator's: the shop. Whoever has a site's key goes on with the second. */
export const newSite = new Hono<AppEnv>();

newSite.get("/app/set-up", async (c) => {
	if (!c.get("visitor").operator) return c.redirect("/app/set-up/question", 303);
	return newSitePage(c, new URLSearchParams({ timezone: "UTC", locale: "en" }), []);
});

newSite.post("/app/set-up", requireOperatorSession, async (c) => {
	const form = c.get("form");
	const name = (form.get("name") ?? "").trim();
	const origins = (form.get("origins") ?? "").split(/\s+/).filter(Boolean);
	const wanted = { name, origins, timezone: form.get("timezone"), locale: form.get("locale") };
	const api = c.get("api");
	// A form that is sent twice would make two sites.
	if (await isNamed(api, name)) return newSitePage(c, form, [{ field: "name", detail: SAY.there }]);
	try {
		const { site, secret_key } = await api.send<NewSiteReply>("POST", "/v1/sites", wanted);
		await enterSite(c, site.id);
		return questionPage(c, { secret: secret_key });
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return newSitePage(
			c,
			form,
			error.faults.map((fault) => siteFaultAt(form, fault)),
		);
	}
});

/** Whether there is a site with this name. */
async function isNamed(api: Api, name: string): Promise<boolean> {
	for (let cursor: string | null = ""; cursor !== null; ) {
		const query = new URLSearchParams({ limit: "200", ...(cursor === "" ? {} : { cursor }) });
		const { sites, next }: SitesReply = await api.get<SitesReply>(`/v1/sites?${query}`);
		if (sites.some((site) => site.name === name)) return true;
		cursor = next;
	}
	return false;
}

function newSitePage(c: Context<AppEnv>, form: URLSearchParams, faults: readonly Fault[]) {
	const { text, area, select } = controls(form, faults);
	const languages = LOCALE_CODES.map((code) => [code, languageName(code)] as const);
	return page(c, {
		title: SAY.title,
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				<Steps at={0} />
				<p>{SAY.intro}</p>
				<form method="post" class="card narrow" action="/app/set-up">
					<Faults faults={faults} />
					<CsrfField token={c.get("visitor").csrf} />
					{text("name", siteWords.name, { hint: siteWords.nameHint, attributes: { required: true, maxlength: 80 } })}
					{area("origins", siteWords.origins, {
						hint: SAY.originsHint,
						attributes: { required: true, spellcheck: "false", dir: "ltr", placeholder: "https://shop.example" },
					})}
					{text("timezone", siteWords.timezone, {
						hint: siteWords.timezoneHint,
						attributes: { required: true, list: "time-zones", dir: "ltr" },
					})}
					<TimeZones />
					{select("locale", siteWords.locale, languages, { hint: siteWords.localeHint })}
					<button type="submit">{SAY.next}</button>
				</form>
			</>
		),
	});
}
