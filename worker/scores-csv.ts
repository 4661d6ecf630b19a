import type { SurveyScore } from "../shared/score-contract.ts";
import { csvLine } from "./csv.ts";

type Cell = string | number | boolean | null;

/** The columns of a score as CSV, with how each is read. */
const COLUMNS: readonly (readonly [name: string, read: (score: SurveyScore) => Cell])[] = [
	["survey", ({ survey }) => survey],
	["versions", ({ versions }) => versions.join(" ")],
	["metric", ({ metric }) => metric],
	["verified", ({ verified }) => verified],
	["segment", ({ segment }) => segment],
	["window", ({ window }) => window.name],
	["from", ({ window }) => window.from],
	["to", ({ window }) => window.to],
	["value", ({ value }) => value],
	["low", ({ interval }) => interval?.low ?? null],
	["high", ({ interval }) => interval?.high ?? null],
	["tier", ({ tier }) => tier],
	["responses", ({ responses }) => responses],
	["mean", ({ mean }) => mean],
	["agree", ({ agree }) => agree?.value ?? null],
	["previous_value", ({ previous }) => previous.value],
	["previous_responses", ({ previous }) => previous.responses],
	["change", ({ previous }) => previous.change],
	["z", ({ previous }) => previous.z],
	["verdict", ({ previous }) => previous.verdict],
	["baseline_value", ({ baseline }) => baseline?.value ?? null],
	["baseline_change", ({ baseline }) => baseline?.change ?? null],
	["baseline_verdict", ({ baseline }) => baseline?.verdict ?? null],
	["baseline_not_compared", ({ baseline }) => baseline?.not_compared ?? null],
	["goal", ({ goal }) => goal?.target ?? null],
	["goal_verdict", ({ goal }) => goal?.verdict ?? null],
	["shown", ({ funnel }) => funnel.shown],
	["dismissed", ({ funnel }) => funnel.dismissed],
	["ignored", ({ funnel }) => funnel.ignored],
	["commented", ({ funnel }) => funnel.commented],
];

/** Scores as CSV, one line each, headed by the names of the columns. */
export function scoresCsv(scores: readonly SurveyScore[]): string {
	const lines = scores.map((score) => csvLine(COLUMNS.map(([, read]) => read(score))));
	return `\uFEFF${csvLine(COLUMNS.map(([name]) => name))}${lines.join("")}`;
}
