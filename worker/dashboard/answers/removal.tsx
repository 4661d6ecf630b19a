import { type Context, Hono } from "hono";
import type { ResponseDetails } from "../../../shared/response-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { AppEnv } from "../../env.ts";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { AnswerCard, pageOf } from "./answer-card.tsx";
import { eraseNamed, namedIn } from "./erase-named.ts";
import { namesOf } from "./names.ts";
import { EraseForm, SureForm } from "./sure-form.tsx";
import * as words from "./words.ts";

/** Taking an answer out, and erasing whom it names: each asks first, and says what becomes of the numbers. */
export const removal = new Hono<AppEnv>();

const answerOf = (c: Context<AppEnv>) => c.get("api").get<ResponseDetails>(`/v1/responses/${c.req.param("id")}`);

removal.get("/app/answers/:id{[0-9a-f]+}/delete", async (c) => {
	const answer = await answerOf(c);
	const card = await shown(c, answer);
	return page(c, {
		title: words.removal.deleteTitle,
		room: "/app/answers",
		body: (
			<>
				{card}
				<SureForm
					csrf={c.get("visitor").csrf}
					says={words.removal.deleteSays}
					does={words.removal.delete}
					back={pageOf(answer)}
				/>
			</>
		),
	});
});

removal.post("/app/answers/:id{[0-9a-f]+}/delete", async (c) => {
	await c.get("api").send("DELETE", `/v1/responses/${c.req.param("id")}`);
	return c.redirect("/app/answers?done=deleted", 303);
});

removal.get("/app/answers/:id{[0-9a-f]+}/erase", async (c) => erasePage(c, await answerOf(c)));

removal.post("/app/answers/:id{[0-9a-f]+}/erase", async (c) => {
	const answer = await answerOf(c);
	const named = namedIn(answer);
	// An unsigned answer can be edited by whoever gave it: what is erased is what was read.
	if (named?.name !== c.get("form").get("name")) return erasePage(c, answer, true);
	const erased = named ? await eraseNamed(c.get("api"), named) : 0;
	return c.redirect(`${pageOf(answer)}?done=erased&n=${erased}`, 303);
});

async function erasePage(c: Context<AppEnv>, answer: ResponseDetails, changed = false) {
	const named = namedIn(answer);
	const card = await shown(c, answer);
	return page(c, {
		title: named?.kind === "transaction" ? words.removal.eraseTransaction : words.removal.eraseCustomer,
		room: "/app/answers",
		status: changed ? 409 : 200,
		body: (
			<>
				{changed ? <p class="notice bad">{words.removal.changed}</p> : null}
				{card}
				{named ? (
					<EraseForm csrf={c.get("visitor").csrf} named={named} back={pageOf(answer)} />
				) : (
					<p class="notice">{words.removal.nothing}</p>
				)}
			</>
		),
	});
}

/** The answer that is asked about. */
async function shown(c: Context<AppEnv>, answer: ResponseDetails) {
	const { surveys } = await c.get("api").get<{ surveys: SurveyView[] }>("/v1/surveys");
	return <AnswerCard answer={answer} names={namesOf(surveys)} reader={readerOf(c, c.get("site").timezone)} linked={false} />;
}
