import type { AnswerEventData } from "../../shared/event-contract.ts";
import { METRICS } from "../../shared/metrics.ts";
import { plainLine, plainLines } from "./plain-text.ts";

/** The group that a contact's properties of ours stand in. */
export const GROUP = { name: "afterword", label: "Afterword" };

/** When the answer that stands there was asked for and last changed: what is older does not overwrite it. */
export const ASKED_AT = "afterword_asked_at";
export const UPDATED_AT = "afterword_updated_at";

const bandNames = [...new Set(Object.values(METRICS).flatMap(({ bands }) => bands.map(({ name }) => name)))];

const optionsOf = (values: readonly string[]) =>
	values.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false }));

const text = { type: "string", fieldType: "text" };
const moment = { type: "datetime", fieldType: "date" };
const choice = (values: readonly string[]) => ({ type: "enumeration", fieldType: "select", options: optionsOf(values) });

/** What a contact gets, as HubSpot wants it defined: nine properties, for a free account has ten of its own. */
export const PROPERTIES = [
	{ name: "afterword_score", label: "Survey score", type: "number", fieldType: "number" },
	{ name: "afterword_metric", label: "Survey metric", ...choice(Object.keys(METRICS)) },
	{ name: "afterword_group", label: "Survey group", ...choice(bandNames) },
	{ name: "afterword_survey", label: "Survey", ...text },
	{ name: "afterword_reasons", label: "Survey reasons", ...text },
	{ name: "afterword_comment", label: "Survey comment", type: "string", fieldType: "textarea" },
	{ name: "afterword_link", label: "Survey answer in Afterword", ...text },
	{ name: ASKED_AT, label: "Survey asked", ...moment },
	{ name: UPDATED_AT, label: "Survey answer changed", ...moment },
].map((property) => ({ ...property, groupName: GROUP.name }));

/** The properties of a contact whose latest answer this is. What it lacks is emptied, so that nothing of an earlier answer stands beside it. */
export function propertiesOf(data: AnswerEventData): Record<string, string> {
	return {
		afterword_score: String(data.score),
		afterword_metric: data.metric,
		afterword_group: data.group,
		afterword_survey: data.survey,
		afterword_reasons: plainLine(data.driver_list),
		afterword_comment: plainLines(data.comment ?? ""),
		afterword_link: data.url ?? "",
		[ASKED_AT]: data.shown_at,
		[UPDATED_AT]: data.updated_at,
	};
}
