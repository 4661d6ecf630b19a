import type { Asking } from "./asking.ts";
import type { Gate } from "./gates.ts";
import { type Options, said } from "./options.ts";

/** What happens to a question, as the page may hear it. */
export type EventName = "shown" | "answered" | "dismissed" | "error";

/** The commands of one site: `afterword("ask", { transaction: "1001" })` and so on. */
export interface Commands {
	/** Asks, if a question is due. `spot`: the tag or the element that says so, and stands where the question shall. */
	ask(options?: Options, spot?: Element | null): void;
	/** Takes the question off the page. */
	close(): void;
	/** "granted" asks what was held back until then; anything else holds back what comes. */
	consent(given: string): void;
	/** Why there is a question or none. */
	why(): Gate | undefined;
}

/** The one global: a command by its name and what it takes. `q` holds what a page's stub has queued. */
export interface Afterword {
	(...command: unknown[]): unknown;
	readonly q?: readonly Iterable<unknown>[];
	/** The commands of each site whose tag was run on this page. */
	sites?: Record<string, Commands>;
}

/** Makes a site's commands. What waits for consent is kept as it was asked for; `tag` is the one that was run. */
export function commandsOf(asking: Asking, tag: Element | null): Commands {
	let consent: unknown;
	let gate: Gate | undefined;
	const held: [Options, Element | null][] = [];
	const ask: Commands["ask"] = (options = {}, spot = tag) => {
		if ((consent ?? said(options, "consent") ?? "granted") === "granted") gate = asking.ask(options, spot, ask);
		else {
			held.push([options, spot]);
			gate = "consent";
		}
		// biome-ignore lint/suspicious/noConsole: what a merchant asks for with `debug`
		if ((options["debug"] ?? false) !== false) console.info(`afterword: ${gate}`);
	};
	return {
		ask,
		close: asking.close,
		consent(given) {
			consent = given;
			for (const one of held.splice(0)) ask(...one);
		},
		why: () => gate,
	};
}

/**
 * The function behind `afterword(…)`: a command goes to every site of the page, and the last answer comes back. `on` hears what happens
 * to any question: its survey, and the score where there is one. What is no command does nothing, and nothing here throws.
 */
export function dispatcher(sites: Record<string, Commands>): Afterword {
	const dispatch = (command: unknown, ...what: unknown[]) => {
		let answer: unknown;
		try {
			const [event, hear] = what;
			if (command === "on" && typeof hear === "function")
				addEventListener(`afterword:${event}`, (happened) => hear((happened as CustomEvent).detail));
			for (const commands of Object.values(sites)) answer = Object(commands)[`${command}`]?.(...what);
		} catch {}
		return answer;
	};
	return Object.assign(dispatch, { sites });
}
