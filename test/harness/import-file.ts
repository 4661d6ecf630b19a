const DAY_MS = 86_400_000;

/** The first line of a file of answers: its columns. */
export const COLUMNS = "id,date,score,comment,plan";

/** What is wrong with every hundredth line, in turn. */
const WRONG = [
	["score", "11"],
	["score", ""],
	["score", "9.5"],
	["date", "the day after"],
	["date", "2025-02-30"],
] as const;

/** One line of a file of answers. */
export interface Line {
	readonly cells: Readonly<Record<"id" | "date" | "score" | "comment" | "plan", string>>;
	/** The field that is refused, as the API names it; null where nothing is wrong. */
	readonly fault: "score" | "answered_at" | null;
}

/** Line `i` of a made-up file, over 300 days from `first` (Unix milliseconds): every fourth has a comment of two lines, every hundredth is wrong. */
export function lineOf(i: number, first: number): Line {
	const day = new Date(first + (i % 300) * DAY_MS).toISOString().slice(0, 10);
	const comment = i % 4 === 0 ? `It came, "as promised",\nafter ${i} hours 👍` : "";
	const cells = { id: `r-${i}`, date: `${day} 10:30:00`, score: String(i % 11), comment, plan: i % 3 ? "gold" : "free" };
	const wrong = i % 100 === 42 ? WRONG[Math.floor(i / 100) % WRONG.length] : undefined;
	if (!wrong) return { cells, fault: null };
	return { cells: { ...cells, [wrong[0]]: wrong[1] }, fault: wrong[0] === "date" ? "answered_at" : "score" };
}

/** A line as CSV, without its end. */
export const csvOf = ({ cells }: Line) => Object.values(cells).map(quoted).join(",");

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
