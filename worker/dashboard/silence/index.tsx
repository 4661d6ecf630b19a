import { Hono } from "hono";
import type { Silence } from "../../../shared/insight-contract.ts";
import type { AppEnv } from "../../env.ts";
import { formulaOf } from "../one-survey/formula-of.ts";
import { NobodyAsked } from "../one-survey/nobody-asked.tsx";
import { readRoom } from "../one-survey/read-room.ts";
import { RoomChoice } from "../one-survey/room-choice.tsx";
import { words as common } from "../one-survey/words.ts";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { surveyName } from "../survey-name.ts";
import { Comments, Delays, SilentSegments } from "./differences.tsx";
import { Funnel } from "./funnel.tsx";
import { Rates } from "./rates.tsx";
import { Tipping } from "./tipping.tsx";
import { words } from "./words.ts";

const PATH = "/app/silence";

/** The room of silence: what customers do not say. */
export const silence = new Hono<AppEnv>().get(PATH, async (c) => {
	const room = await readRoom<Silence>(c, { of: "silence", sizeOf: ({ channels }) => total(channels, "answered") });
	if (!room) return page(c, { title: words.title, room: PATH, body: <NobodyAsked /> });
	const { survey, figures, asked } = room;
	const reader = readerOf(c, c.get("site").timezone);
	return page(c, {
		title: words.title,
		room: PATH,
		status: asked.faults.length > 0 ? 400 : 200,
		body: (
			<>
				<p class="quiet">{words.lead}</p>
				<RoomChoice path={PATH} room={room} site={c.get("site")} />
				{total(figures.channels, "shown") === 0 ? (
					<NobodyAsked said={{ ...words, empty: words.empty(figures.verified === "only") }} />
				) : (
					<>
						<p class="quiet">
							<bdi>{common.covered(surveyName(survey), reader.day(figures.window.from), reader.day(figures.window.to))}</bdi>.{" "}
							{formulaOf(figures.metric)}
						</p>
						<Funnel figures={figures} reader={reader} />
						<Tipping survey={survey} figures={figures} reader={reader} />
						<Rates figures={figures} reader={reader} />
						<SilentSegments figures={figures} reader={reader} />
						<Comments figures={figures} reader={reader} />
						<Delays figures={figures} reader={reader} />
					</>
				)}
			</>
		),
	});
});

/** Of all channels, e-mail too. */
const total = (channels: Silence["channels"], part: "shown" | "answered") =>
	channels.reduce((sum, { funnel }) => sum + funnel[part], 0);
