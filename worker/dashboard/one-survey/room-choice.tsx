import type { Site } from "../../site.ts";
import { surveyName } from "../survey-name.ts";
import { WindowChoice } from "../window/window-choice.tsx";
import type { SurveyRoom } from "./read-room.ts";
import { words } from "./words.ts";

interface Props {
	/** The room, by its path. */
	readonly path: string;
	readonly room: Pick<SurveyRoom<unknown>, "asked" | "survey" | "surveys">;
	readonly site: Site;
	/** What else the room is asked for, and stays as it is. */
	readonly kept?: Readonly<Record<string, string>>;
}

/** Which survey a room is about, and which days. */
export function RoomChoice({ path, room: { asked, survey, surveys }, site, kept = {} }: Props) {
	const addressOf = (slug: string) => `${path}?${new URLSearchParams({ ...kept, survey: slug, window: asked.window.name })}`;
	return (
		<>
			{surveys.length > 1 ? (
				<nav aria-label={words.surveys} class="one-choice">
					<ul class="choice">
						{surveys.map((each) => (
							<li>
								<a href={addressOf(each.slug)} aria-current={each === survey ? "true" : undefined}>
									<bdi>{surveyName(each)}</bdi>
								</a>
							</li>
						))}
					</ul>
				</nav>
			) : null}
			<WindowChoice path={path} asked={asked} site={site} kept={{ ...kept, survey: survey.slug }} />
		</>
	);
}
