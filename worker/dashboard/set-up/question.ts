import { Hono } from "hono";
import type { SiteView } from "../../../shared/site-contract.ts";
import type { SurveysReply, SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controlOf, draftOf } from "../settings/survey-draft.ts";
import { questionPage } from "./question-page.tsx";

/** The second step of set-up. */
export const question = new Hono<AppEnv>();

question.get("/app/set-up/question", (c) => questionPage(c, {}));

question.post("/app/set-up/question", async (c) => {
	const form = c.get("form");
	const api = c.get("api");
	const { locale } = c.get("site");
	const slug = form.get("survey") ?? "";
	try {
		const address = `/v1/surveys/${encodeURIComponent(slug)}`;
		const [survey, { surveys }] = await Promise.all([api.get<SurveyView>(address), api.get<SurveysReply>("/v1/surveys")]);
		// A question that nobody has seen has no answers to keep apart: to word it anew mends the version there is.
		const unseen = surveys.every((each) => each.slug !== slug || each.first_asked === null);
		await api.send<SurveyView>("PATCH", address, {
			...draftOf(form, survey, locale),
			...(unseen ? { same_question: true } : {}),
		});
		await api.send<SiteView>("PATCH", "/v1/site", { default_survey: slug });
		return c.redirect("/app/set-up/tag", 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return questionPage(c, {
			form,
			faults: error.faults.map(({ field, detail }) => ({ field: controlOf(form, field), detail })),
		});
	}
});
