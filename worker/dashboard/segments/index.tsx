import { type Context, Hono } from "hono";
import type { Segments } from "../../../shared/insight-contract.ts";
import type { AppEnv } from "../../env.ts";
import { segmentsOf } from "../../score-scope.ts";
import { NobodyAsked } from "../one-survey/nobody-asked.tsx";
import { readRoom, type SurveyRoom } from "../one-survey/read-room.ts";
import { RoomChoice } from "../one-survey/room-choice.tsx";
import { words as common } from "../one-survey/words.ts";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { keyName, valueName } from "../segment-name.ts";
import { surveyName } from "../survey-name.ts";
import { SegmentTable } from "./segment-table.tsx";
import { SegmentValues } from "./segment-values.tsx";
import { words } from "./words.ts";

const PATH = "/app/segments";

/** The segment that is shown until another is chosen, as long as it tells customers apart. */
const USUAL = "device";

/** The one that is shown where that one does not: every ask has it. */
const ALWAYS = "channel";

/** The room of segments: how the score differs between customers. */
export const segments = new Hono<AppEnv>().get(PATH, async (c) => {
	const site = c.get("site");
	const chosen = c.req.query("key");
	let room = await readBy(c, chosen ?? USUAL);
	if (chosen === undefined && room && room.figures.values.length < 2) room = await readBy(c, ALWAYS);
	if (!room) return page(c, { title: words.title, room: PATH, body: <NobodyAsked /> });
	const { survey, figures } = room;
	const { key } = figures;
	const reader = readerOf(c, site.timezone);
	const nameOf = (name: string) => valueName(key, name);
	return page(c, {
		title: words.title,
		room: PATH,
		status: room.asked.faults.length > 0 ? 400 : 200,
		body: (
			<>
				<p class="quiet">{words.lead}</p>
				<RoomChoice path={PATH} room={room} site={site} kept={{ key }} />
				<KeyChoice room={room} keys={[...segmentsOf(site).keys()]} />
				{figures.everybody.responses === 0 || figures.values.length === 0 ? (
					<Nothing answered={figures.everybody.responses > 0} />
				) : (
					<section class="card">
						<h2>
							<bdi>{common.covered(surveyName(survey), reader.day(figures.window.from), reader.day(figures.window.to))}</bdi>
						</h2>
						<SegmentValues figures={figures} nameOf={nameOf} reader={reader} />
						<SegmentTable figures={figures} nameOf={nameOf} reader={reader} />
					</section>
				)}
			</>
		),
	});
});

const readBy = (c: Context<AppEnv>, key: string) =>
	readRoom<Segments>(c, { of: "segments", query: { key }, sizeOf: ({ everybody }) => everybody.responses });

interface ChoiceProps {
	readonly room: SurveyRoom<Segments>;
	readonly keys: readonly string[];
}

function KeyChoice({ room: { survey, asked, figures }, keys }: ChoiceProps) {
	const addressOf = (key: string) => `${PATH}?${new URLSearchParams({ key, survey: survey.slug, window: asked.window.name })}`;
	return (
		<nav aria-label={words.key} class="key-choice">
			<ul class="choice">
				{keys.map((key) => (
					<li>
						<a href={addressOf(key)} aria-current={key === figures.key ? "true" : undefined}>
							<bdi>{keyName(key)}</bdi>
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
}

function Nothing({ answered }: { readonly answered: boolean }) {
	return (
		<div class="empty">
			<p>{answered ? words.unknownValues : words.empty}</p>
			<p>{answered ? words.unknownValuesNext : words.emptyNext}</p>
			{answered ? (
				<p>
					<a class="button" href="/app/settings">
						{words.toSettings}
					</a>
				</p>
			) : null}
		</div>
	);
}
