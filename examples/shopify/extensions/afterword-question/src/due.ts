import type { KeptAsk } from "./memory.ts";
import type { Question } from "./questions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days that pass after any other survey before this one is shown, where the Worker does not say. */
const USUAL_DAYS_AFTER_ANY = 14;

/** Whether a question is asked, and the ask it goes on with; a reload is no second showing. */
export type Due = { readonly open: KeptAsk | undefined } | null;

/**
 * Whether a survey is due about an order, by the same rules as in the widget: once an order, not too soon after another question,
 * twice as long after a dismissal, and only where the order is in the sample. An unanswered ask is gone on with for a day.
 */
export function dueOf(
	asks: readonly KeptAsk[],
	survey: string,
	{ version, ask_again_days, ask_after_any_days, sampling }: Question,
	transaction: string | undefined,
	now: number,
): Due {
	const mine = asks.filter((ask) => ask.survey === survey && transaction !== undefined && ask.transaction === transaction);
	if (mine.some(({ status }) => status !== "shown")) return null;
	const open = mine.find((ask) => ask.version === version && now - ask.shownAt < DAY_MS);
	if (open) return { open };
	const afterAny = ask_after_any_days ?? (ask_again_days > 0 ? USUAL_DAYS_AFTER_ANY : 0);
	const tooSoon = ({ survey: other, status, shownAt }: KeptAsk) => {
		const days = (other === survey ? ask_again_days : afterAny) * (status === "dismissed" ? 2 : 1);
		return days > 0 && now - shownAt < days * DAY_MS;
	};
	if (asks.some(tooSoon)) return null;
	return luckOf(`${survey} ${transaction ?? Math.random()}`) < sampling ? { open: undefined } : null;
}

/** A number from 0 to 99 that is the same for the same order at every visit (FNV-1a). */
function luckOf(text: string): number {
	let hash = 0x811c9dc5;
	for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
	return (hash >>> 0) % 100;
}
