import type { Settings } from "./settings.ts";

/** A survey as the Worker describes it at `/w/{public key}/questions.json`. */
export interface Question {
	readonly version: number;
	/** The lowest and the highest score. */
	readonly scale: readonly [number, number];
	readonly display: "numbers" | "stars" | "faces";
	/** Percent of the orders that are asked about. */
	readonly sampling: number;
	readonly ask_again_days: number;
	/** Not said by Workers before it could be set. */
	readonly ask_after_any_days?: number;
	readonly question: string;
	/** What the lowest and the highest score mean; of pictures, what each means. */
	readonly ends: readonly string[];
	readonly drivers: readonly { readonly id: string; readonly label: string }[];
	readonly words: Readonly<
		Record<"dismiss" | "saved" | "reasons" | "comment" | "done" | "thanks" | "waiting" | "refused" | "answered", string>
	>;
}

/** What a site asks, in one language. */
export interface Questions {
	readonly locale: string;
	readonly direction: "ltr" | "rtl";
	/** The survey that is asked where the merchant names none. */
	readonly survey: string;
	readonly surveys: Readonly<Record<string, Question>>;
}

/** Reads what the site asks in the shopper's language, or else in the site's own. Throws where the Worker is not reached. */
export async function readQuestions({ collector, site }: Settings, language: string): Promise<Questions> {
	const reply = await fetch(`${collector}/w/${site}/questions.json?wanted=${encodeURIComponent(language)}`, {
		credentials: "omit",
	});
	if (!reply.ok) throw new Error(`The questions of ${site}: ${reply.status}`);
	return reply.json();
}
