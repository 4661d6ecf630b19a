import type { Receipt } from "../shared/ask-contract.ts";
import { PROBLEM_CODES } from "../shared/problem.ts";
import type { Problem } from "../shared/problem-contract.ts";
import { type Ending, SCALES, type ScaleName } from "./gallery-cells.ts";

/** A reply as the collector gives it. */
interface Reply {
	readonly status: number;
	readonly body: Receipt | Problem;
}

/** What the collector replies to an answer on a scale so that its sending ends like this; null where nothing comes back. */
export function replyOf(ending: Ending, scale: ScaleName): Reply | null {
	switch (ending) {
		case "stored":
			return { status: 201, body: { status: "stored" } };
		case "shared":
			return { status: 201, body: { status: "stored", score: { ...SCALES[scale].shared, responses: 184, window: "30d" } } };
		case "already_answered":
			return { status: 200, body: { status: "already_answered" } };
		case "refused": {
			const code = "origin_not_allowed";
			return { status: 403, body: { type: `/docs#${code}`, code, ...PROBLEM_CODES[code] } };
		}
		case "offline":
			return null;
	}
}
