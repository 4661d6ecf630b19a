import { Hono } from "hono";
import type { SurveyScore } from "../../../shared/contract.ts";
import type { AppEnv } from "../../env.ts";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";

/** The first room: how satisfied the customers are. */
export const overview = new Hono<AppEnv>().get("/app/", async (c) => {
	const { scores } = await c.get("api").get<{ scores: SurveyScore[] }>("/v1/scores?window=30d");
	const reader = readerOf(c, c.get("site").timezone);
	return page(c, {
		title: "Overview",
		room: "/app/",
		body: (
			<ul class="list">
				{scores.map(({ survey, value, responses }) => (
					<li>
						{survey}: {value === null ? "–" : reader.number(value)} ({reader.number(responses)})
					</li>
				))}
			</ul>
		),
	});
});
