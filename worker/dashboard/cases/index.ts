import { type Context, Hono } from "hono";
import { CASE_STATES, type CaseItem, type CasePatch, type CaseSummary, type CaseView } from "../../../shared/case-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { casePage, type ReadCase } from "./case-page.tsx";
import { listPage } from "./list-page.tsx";

/** The room of cases: who gave a low score and waits to be called back. */
export const cases = new Hono<AppEnv>();

cases.get("/app/cases", async (c) => {
	const state = c.req.query("state") ?? "unresolved";
	const assignee = c.req.query("assignee") ?? null;
	const query = new URLSearchParams({ state, order: ["resolved", "all"].includes(state) ? "newest" : "oldest" });
	if (assignee !== null) query.set("assignee", assignee);
	const callbacks = c.req.query("callbacks") === "only";
	if (callbacks) query.set("callbacks", "only");
	const cursor = c.req.query("cursor");
	if (cursor !== undefined) query.set("cursor", cursor);
	const api = c.get("api");
	const [list, summary] = await Promise.all([
		api.get<{ cases: CaseItem[]; next: string | null }>(`/v1/cases?${query}`),
		api.get<CaseSummary>("/v1/cases/summary"),
	]);
	return listPage(c, { ...list, summary, narrowed: { state, assignee, callbacks }, now: Date.now() });
});

cases.post("/app/cases/open", async (c) => {
	const made = await c.get("api").send<CaseView>("POST", "/v1/cases", { response: c.get("form").get("response") ?? "" });
	return c.redirect(`/app/cases/${made.id}?done=opened`, 303);
});

cases.get("/app/cases/:id", async (c) => casePage(c, await read(c)));

cases.post("/app/cases/:id/step", async (c) => {
	const state = CASE_STATES.find((one) => one === c.get("form").get("state"));
	if (!state) throw ApiError.invalid("state", `must be ${CASE_STATES.join(", ")}`);
	await c.get("api").send("PATCH", pathOf(c), { state } satisfies CasePatch);
	return done(c, state === "open" ? "reopened" : state);
});

cases.post("/app/cases/:id/details", (c) => {
	const form = c.get("form");
	const given = (name: string) => form.get(name)?.trim() || null;
	const patch: CasePatch = { assignee: given("assignee"), due_on: given("due_on") };
	return change(c, "saved", () => c.get("api").send("PATCH", pathOf(c), patch));
});

cases.post("/app/cases/:id/notes", (c) =>
	change(c, "noted", () => c.get("api").send("POST", `${pathOf(c)}/notes`, { text: c.get("form").get("text") ?? "" })),
);

const pathOf = (c: Context<AppEnv>) => `/v1/cases/${encodeURIComponent(c.req.param("id") ?? "")}`;

async function read(c: Context<AppEnv>): Promise<ReadCase> {
	const [view, surveys] = await Promise.all([c.get("api").get<CaseView>(pathOf(c)), surveysOf(c)]);
	return { view, drivers: surveys.find(({ slug }) => slug === view.response.survey)?.drivers ?? [] };
}

/** The surveys, which name the reasons; none for a visitor whose key may not read settings. */
async function surveysOf(c: Context<AppEnv>): Promise<readonly SurveyView[]> {
	try {
		return (await c.get("api").get<{ surveys: SurveyView[] }>("/v1/surveys")).surveys;
	} catch (error) {
		if (error instanceof ApiError && error.code === "forbidden") return [];
		throw error;
	}
}

const done = (c: Context<AppEnv>, what: string) =>
	c.redirect(`/app/cases/${encodeURIComponent(c.req.param("id") ?? "")}?done=${what}`, 303);

/** Does something and shows the case; or the form again as it was typed, with what is wrong beside it. */
async function change(c: Context<AppEnv>, what: string, work: () => Promise<unknown>) {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0 || error.code === "not_found") throw error;
		const status = error.code === "conflict" ? 409 : 400;
		return casePage(c, await read(c), { typed: c.get("form"), faults: error.faults, status });
	}
	return done(c, what);
}
