import { EDIT_WINDOW_MS } from "../shared/limits.ts";
import { toJson } from "./json.ts";
import type { KeptAsk } from "./memory.ts";
import { pageClock } from "./page-clock.ts";

/** The waiting revision of an ask as it is sent at `now`: with its age, by this page's own clock if it was shown on this page. */
export function bodyOf({ waiting, shownAt, origin, tick }: KeptAsk, now: number): string {
	const clock = pageClock();
	const age = origin && origin === clock.origin ? clock.tick - tick : now - shownAt;
	return toJson({ ...waiting, age_ms: Math.round(Math.min(Math.max(age, 0), EDIT_WINDOW_MS)) });
}
