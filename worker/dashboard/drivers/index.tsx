import { Hono } from "hono";
import type { Quadrant } from "../../../shared/driver-impact.ts";
import type { Drivers } from "../../../shared/insight-contract.ts";
import type { AppEnv } from "../../env.ts";
import { formulaOf } from "../one-survey/formula-of.ts";
import { NobodyAsked } from "../one-survey/nobody-asked.tsx";
import { readRoom, type SurveyRoom } from "../one-survey/read-room.ts";
import { RoomChoice } from "../one-survey/room-choice.tsx";
import { words as common } from "../one-survey/words.ts";
import { page } from "../page.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { driverName, surveyName } from "../survey-name.ts";
import { DriverTable } from "./driver-table.tsx";
import { isWeighed, QuadrantPlot } from "./quadrant-plot.tsx";
import { words } from "./words.ts";

const PATH = "/app/drivers";

/** The room of drivers: which reasons go with a higher or a lower score. */
export const drivers = new Hono<AppEnv>().get(PATH, async (c) => {
	const { timezone, locale } = c.get("site");
	const room = await readRoom<Drivers>(c, { of: "drivers", sizeOf: ({ responses }) => responses });
	if (!room) return page(c, { title: words.title, room: PATH, body: <NobodyAsked /> });
	const nameOf = (id: string) => driverName(room.survey, locale, id);
	return page(c, {
		title: words.title,
		room: PATH,
		status: room.asked.faults.length > 0 ? 400 : 200,
		body: (
			<>
				<p class="quiet">{words.lead}</p>
				<RoomChoice path={PATH} room={room} site={c.get("site")} />
				{room.figures.responses === 0 ? (
					<NoReasons room={room} />
				) : (
					<Weighed room={room} nameOf={nameOf} reader={readerOf(c, timezone)} />
				)}
			</>
		),
	});
});

interface Props {
	readonly room: SurveyRoom<Drivers>;
	readonly nameOf: (id: string) => string;
	readonly reader: Reader;
}

function Weighed({ room: { survey, figures }, nameOf, reader }: Props) {
	const weighed = figures.drivers.filter(isWeighed);
	const left = figures.drivers.length - weighed.length;
	const { from, to } = figures.window;
	return (
		<section class="card">
			<h2>
				<bdi>{common.covered(surveyName(survey), reader.day(from), reader.day(to))}</bdi>
			</h2>
			<p class="quiet">
				{words.base(reader.number(figures.responses))} {formulaOf(figures.metric)}
			</p>
			{weighed.length === 0 ? (
				<p>{words.noPlot}</p>
			) : (
				<figure class="plot-figure">
					<QuadrantPlot figures={figures} nameOf={nameOf} reader={reader} />
					<figcaption>
						{[
							words.caption,
							...(weighed.some(({ quadrant }) => quadrant === null) ? [words.hollow] : []),
							...(left > 0 ? [words.fewLeft(left)] : []),
						].join(" ")}
					</figcaption>
				</figure>
			)}
			{weighed.length === 0 ? null : (
				<dl class="quadrants pairs">
					{(Object.keys(words.quadrants) as Quadrant[]).map((quadrant) => (
						<>
							<dt>{words.quadrants[quadrant]}</dt>
							<dd>{words.meanings[quadrant]}</dd>
						</>
					))}
				</dl>
			)}
			<DriverTable figures={figures} nameOf={nameOf} reader={reader} />
			<dl class="quadrants">
				{words.terms.map(([term, meaning]) => (
					<>
						<dt>{term}</dt>
						<dd>{meaning}</dd>
					</>
				))}
			</dl>
		</section>
	);
}

function NoReasons({ room: { survey } }: Pick<Props, "room">) {
	const none = survey.drivers.length === 0;
	return (
		<div class="empty">
			<p>{none ? words.noReasons : words.empty}</p>
			<p>{none ? words.noReasonsNext : words.emptyNext}</p>
			<p>
				<a class="button" href={`/app/settings/surveys/${survey.slug}`}>
					{words.toSettings}
				</a>
			</p>
		</div>
	);
}
