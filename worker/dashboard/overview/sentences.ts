import { daysIn } from "../../../shared/day.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import { isolated } from "../../isolated.ts";
import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { keyName, valueName } from "../segment-name.ts";
import type { ShopStatement } from "./shop-takeaway.ts";
import type { Statement } from "./takeaway.ts";
import { words } from "./words.ts";

/** What the statements about a survey are said with. */
export interface Voice {
	readonly score: Pick<SurveyScore, "metric" | "window" | "verified">;
	readonly reader: Pick<Reader, "locale" | "day" | "number" | "percent">;
	/** What a reason is called on the chips. */
	readonly driverName: (id: string) => string;
}

/** The statements about a survey as one line of plain text. */
export function sentenceOf(statements: readonly Statement[], voice: Voice): string {
	return statements.map((statement) => say(statement, voice)).join(" ");
}

function say(statement: Statement, { score: { metric, window, verified }, reader, driverName }: Voice): string {
	const { value: score, change: signed, size, vanishes } = figuresOf(metric, reader);
	const days = daysIn(window.from, window.to);
	const percent = (share: number) => reader.percent(share / 100);
	const by = (change: number) =>
		words.moved(change > 0, vanishes(change) ? null : words.points(metric, size(change)), words.least(metric));
	switch (statement.kind) {
		case "unasked":
			return words.unasked(days, verified === "only");
		case "unanswered":
			return words.unanswered(reader.number(statement.shown), days);
		case "hidden":
			return words.tooFew(reader.number(statement.responses));
		case "early":
			return words.early(score(statement.value), score(statement.low), score(statement.high), reader.number(statement.responses));
		case "incomparable":
			return words.incomparable(score(statement.value), score(statement.low), score(statement.high), days);
		case "steady":
			return words.steady(score(statement.value), score(statement.low), score(statement.high), days);
		case "moved":
			return words.movedTo(by(statement.change), days, score(statement.value), words.verdicts[statement.verdict]);
		case "alert":
			return words.alertSince(statement.direction, reader.day(statement.since));
		case "segment_alerts":
			return words.segmentAlerts(statement.count);
		case "driver":
			return words.driver(
				isolated(driverName(statement.id)),
				words.points(metric, signed(statement.impact)),
				statement.impact < 0 ? "loss" : "gain",
			);
		case "goal":
			return words.goalIs(score(statement.target), statement.verdict);
		case "baseline":
			return words.onBaseline(by(statement.change), words.verdicts[statement.verdict]);
		case "response_rate":
			return words.rateFell(
				percent(statement.before.value),
				reader.number(statement.before.shown),
				percent(statement.now.value),
				reader.number(statement.now.shown),
				words.verdicts[statement.verdict],
			);
		case "silent":
			return words.silent(
				isolated(valueName(statement.key, statement.name)),
				isolated(keyName(statement.key)),
				percent(statement.rate),
				percent(statement.rest),
				statement.bounds,
			);
	}
}

/** Names beyond this many are counted. */
const NAMED = 3;

/** What a shop's scores come to, as one line of plain text. `nameOf`: what a survey is called. */
export function shopSentence(statement: ShopStatement, days: number, nameOf: (survey: string) => string): string {
	const { moved, steady, untold, missed, alerts } = statement;
	const list = (surveys: readonly string[]) =>
		surveys.length > NAMED ? words.surveys(surveys.length) : words.list(surveys.map((survey) => isolated(nameOf(survey))));
	const clauses = [
		...moved.map(({ survey, direction, verdict }) => words.isMoved(isolated(nameOf(survey)), direction, words.verdicts[verdict])),
		...(steady.length > 0 ? [words.areSteady(list(steady), steady.length)] : []),
		...(untold.length > 0 ? [words.areUntold(list(untold), untold.length)] : []),
	];
	return [
		words.against(clauses.join("; "), days),
		...(missed.length > 0 ? [words.missGoal(list(missed), missed.length)] : []),
		...(alerts > 0 ? [words.openAlerts(alerts)] : []),
	].join(" ");
}
