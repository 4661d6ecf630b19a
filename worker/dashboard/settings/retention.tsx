import { type Context, Hono } from "hono";
import { type SiteView, sitePatch } from "../../../shared/site-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Done, Faults } from "../field.tsx";
import { settingsPage } from "./frame.tsx";
import { retentionWords } from "./site-words.ts";
import { numberOf } from "./survey-draft.ts";
import { WORDS } from "./words.ts";

const SAY = retentionWords;
const PATH = "/app/settings/retention";

type Retention = SiteView["retention"];

/** How long answers are kept, and with whose names. */
export const retentionPages = new Hono<AppEnv>();

retentionPages.get("/app/settings/retention", async (c) => retentionPage(c, await keptNow(c)));

/** A shorter time deletes what is older: the first time it is sent, it asks. */
retentionPages.post("/app/settings/retention", async (c) => {
	const form = c.get("form");
	const retention = {
		identities_months: numberOf(form.get("identities_months") ?? ""),
		rows_months: numberOf(form.get("rows_months") ?? ""),
	};
	const now = await keptNow(c);
	const wanted = sitePatch.shape.retention.unwrap().required().safeParse(retention).data;
	if (wanted && wanted.rows_months < wanted.identities_months)
		return retentionPage(c, now, form, [{ field: "rows_months", detail: SAY.fewer }]);
	if (wanted && form.get("sure") !== "yes" && isShorter(wanted, now)) return surePage(c, wanted);
	try {
		await c.get("api").send<SiteView>("PATCH", "/v1/site", { retention });
		return c.redirect(`${PATH}?done`, 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		const faults = error.faults.map(({ field, detail }) => ({ field: field.replace(/^retention\./, ""), detail }));
		return retentionPage(c, now, form, faults);
	}
});

/** Whether something goes earlier than before. */
function isShorter(wanted: Retention, now: Retention): boolean {
	return wanted.identities_months < now.identities_months || wanted.rows_months < now.rows_months;
}

async function keptNow(c: Context<AppEnv>): Promise<Retention> {
	return (await c.get("api").get<SiteView>("/v1/site")).retention;
}

function retentionPage(c: Context<AppEnv>, now: Retention, form = formOf(now), faults: readonly Fault[] = []) {
	const { text } = controls(form, faults);
	const attributes = { inputmode: "numeric", required: true };
	return settingsPage(c, {
		part: PATH,
		title: SAY.title,
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				{c.req.query("done") === undefined ? null : <Done>{SAY.done}</Done>}
				<Faults faults={faults} />
				<p class="quiet">{SAY.intro}</p>
				<WhatGoes retention={now} />
				<form method="post" action={PATH} class="card form">
					<CsrfField token={c.get("visitor").csrf} />
					{text("identities_months", SAY.identities, { hint: SAY.identitiesHint, attributes })}
					{text("rows_months", SAY.whole, { hint: SAY.wholeHint, attributes })}
					<button type="submit">{WORDS.save}</button>
				</form>
			</>
		),
	});
}

function surePage(c: Context<AppEnv>, wanted: Retention) {
	return settingsPage(c, {
		part: PATH,
		title: SAY.sureTitle,
		status: 409,
		body: (
			<form method="post" action={PATH} class="card narrow">
				<CsrfField token={c.get("visitor").csrf} />
				<WhatGoes retention={wanted} />
				<p>{SAY.sure}</p>
				<input type="hidden" name="sure" value="yes" />
				{Object.entries(wanted).map(([name, months]) => (
					<input type="hidden" name={name} value={months} />
				))}
				<p class="row">
					<button type="submit" class="danger">
						{SAY.yes}
					</button>
					<a href={PATH}>{WORDS.back}</a>
				</p>
			</form>
		),
	});
}

/** What goes after which time, and what never does. */
function WhatGoes({ retention }: { retention: Retention }) {
	return (
		<ul>
			<li>{SAY.names(SAY.months(retention.identities_months))}</li>
			<li>{SAY.rows(SAY.months(retention.rows_months))}</li>
			<li>{SAY.counts}</li>
		</ul>
	);
}

function formOf(retention: Retention): URLSearchParams {
	return new URLSearchParams(Object.entries(retention).map(([name, months]) => [name, String(months)]));
}
