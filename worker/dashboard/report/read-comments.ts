import { METRICS } from "../../../shared/metrics.ts";
import type { ResponseView } from "../../../shared/response-contract.ts";
import type { Window } from "../../../shared/window.ts";
import { ApiError } from "../../api-error.ts";
import type { Api } from "../call-api.ts";
import type { Survey } from "../overview/read-findings.ts";
import { type ChosenComment, chooseComments } from "./choose-comments.ts";

/** Answers with a comment that are looked at in each group of scores. */
export const EACH = 50;

/** The comments of one survey for the report; none for a visitor whose key may not read answers. */
export async function readComments(api: Api, { slug, metric }: Survey, { from, to }: Window): Promise<ChosenComment[]> {
	const query = `survey=${slug}&from=${from}&to=${to}&commented=yes&limit=${EACH}`;
	const groups = METRICS[metric].bands.map(async ({ name }) => {
		const { responses } = await api.get<{ responses: ResponseView[] }>(`/v1/responses?${query}&group=${name}`);
		return responses;
	});
	try {
		const found = await Promise.all(groups);
		return chooseComments(metric, found.flat());
	} catch (error) {
		if (error instanceof ApiError && error.code === "forbidden") return [];
		throw error;
	}
}
