import { type Findings, type Moved, standing } from "./takeaway.ts";

/** What the scores of a shop come to together. Surveys by their names in the API. */
export interface ShopStatement {
	readonly moved: readonly { readonly survey: string; readonly direction: "up" | "down"; readonly verdict: Moved }[];
	/** No detectable change. */
	readonly steady: readonly string[];
	/** Too few answers, now or in the window before, to tell. */
	readonly untold: readonly string[];
	/** Those that miss their goal. */
	readonly missed: readonly string[];
	/** Alerts that are open. */
	readonly alerts: number;
}

/** Sums up several surveys by the verdict of each: what went down first, then what went up. Scores of different surveys are never put together. */
export function shopStatement(findings: readonly Pick<Findings, "score" | "alerts">[]): ShopStatement {
	const stands = findings.map(({ score }) => ({ survey: score.survey, standing: standing(score) }));
	const moved = stands.flatMap(({ survey, standing }) =>
		standing.kind === "moved"
			? [{ survey, direction: standing.change > 0 ? ("up" as const) : ("down" as const), verdict: standing.verdict }]
			: [],
	);
	const named = (is: boolean, ...kinds: string[]) =>
		stands.filter(({ standing }) => kinds.includes(standing.kind) === is).map(({ survey }) => survey);
	return {
		moved: moved.sort((a, b) => a.direction.localeCompare(b.direction)),
		steady: named(true, "steady"),
		untold: named(false, "steady", "moved"),
		missed: findings.filter(({ score }) => score.goal?.verdict === "missed").map(({ score }) => score.survey),
		alerts: new Set(findings.flatMap(({ alerts }) => alerts.map(({ id }) => id))).size,
	};
}
