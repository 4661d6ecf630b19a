import type { EpisodeView } from "../shared/insight-contract.ts";
import type { MetricName } from "../shared/metrics.ts";
import { scoreOf } from "../shared/score.ts";
import type { Episode, EpisodeArm } from "./db/episodes.ts";

/** An alert as it is listed: each side of its comparison as the score it had. */
export function episodeView({ metric, ...episode }: Episode & { readonly metric: MetricName }): EpisodeView {
	const armView = ({ from, to, histogram }: EpisodeArm) => {
		const { value, responses } = scoreOf(metric, histogram);
		return { from, to, value, responses };
	};
	return {
		id: episode.id,
		survey: episode.survey,
		version: episode.version,
		segment: episode.key === "" ? null : `${episode.key}:${episode.value}`,
		direction: episode.z > 0 ? "up" : "down",
		opened_on: episode.openedOn,
		cleared_on: episode.clearedOn,
		z: episode.z,
		recent: armView(episode.recent),
		reference: armView(episode.reference),
	};
}
