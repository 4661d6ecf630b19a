import type { Receipt } from "../shared/ask-contract.ts";
import type { Locale } from "../shared/locales/index.ts";

type SharedScore = NonNullable<Receipt["score"]>;

/** A survey of the gallery's site, by its slug: the score that is chosen on it, and the shop's own as it may be shared. */
interface Scale {
	readonly title: string;
	readonly score: number;
	readonly shared: Pick<SharedScore, "metric" | "value">;
}

/** The scales of the gallery, by the slug of the survey that shows each. */
export const SCALES = {
	csat: { title: "CSAT, numbers", score: 4, shared: { metric: "csat", value: 87 } },
	stars: { title: "CSAT, stars", score: 4, shared: { metric: "csat", value: 87 } },
	faces: { title: "CSAT, faces", score: 4, shared: { metric: "csat", value: 87 } },
	nps: { title: "NPS", score: 9, shared: { metric: "nps", value: 54 } },
	ces: { title: "CES", score: 6, shared: { metric: "ces", value: 6.1 } },
} as const satisfies Record<string, Scale>;

/** What brings a survey into its state, in order, as a shopper would do it. */
export type Step = "focus" | "score" | "reason" | "comment" | "done";

/** How the sending of an answer ends. */
export type Ending = "stored" | "shared" | "already_answered" | "refused" | "offline";

interface State {
	readonly title: string;
	readonly steps: readonly Step[];
	readonly ending: Ending;
	readonly placement: "inline" | "corner";
}

/** The states of the gallery, in the order in which a shopper may come through them. */
export const STATES = {
	question: { title: "Question", steps: [], ending: "stored", placement: "inline" },
	focus: { title: "Keyboard focus", steps: ["focus"], ending: "stored", placement: "inline" },
	answered: { title: "Answered", steps: ["score", "reason", "comment"], ending: "stored", placement: "inline" },
	thanks: { title: "Thanks", steps: ["score", "done"], ending: "stored", placement: "inline" },
	shared: { title: "Thanks, with the shop’s score", steps: ["score", "done"], ending: "shared", placement: "inline" },
	waiting: { title: "No connection", steps: ["score", "done"], ending: "offline", placement: "inline" },
	refused: { title: "Refused", steps: ["score"], ending: "refused", placement: "inline" },
	"already-answered": { title: "Already answered", steps: ["score"], ending: "already_answered", placement: "inline" },
	corner: { title: "Corner card", steps: [], ending: "stored", placement: "corner" },
} as const satisfies Record<string, State>;

/** The themes of the gallery: the page's colours, and on `brand` the widget's own properties too. */
export const THEMES = { light: { title: "Light" }, dark: { title: "Dark" }, brand: { title: "Brand" } } as const;

interface Direction {
	readonly title: string;
	readonly lang: Locale;
	/** The heading of the page, for those who hear it. */
	readonly heading: string;
	readonly comment: string;
}

/** The directions of the gallery, each in one language. */
export const DIRECTIONS = {
	ltr: {
		title: "Left to right",
		lang: "en",
		heading: "Thank you for your order",
		comment: "Beautifully wrapped, and a day early.",
	},
	rtl: { title: "Right to left", lang: "ar", heading: "شكرًا على طلبك", comment: "تغليف أنيق، ووصل الطلب قبل موعده بيوم." },
} as const satisfies Record<string, Direction>;

export type ScaleName = keyof typeof SCALES;
export type StateName = keyof typeof STATES;
export type ThemeName = keyof typeof THEMES;
export type DirectionName = keyof typeof DIRECTIONS;

/** One survey of the gallery. */
export interface Cell {
	readonly scale: ScaleName;
	readonly state: StateName;
	readonly theme: ThemeName;
	readonly dir: DirectionName;
}

/** What is seen at once, each part one or, where it is null, all. */
export type View = { readonly [Part in keyof Cell]: Cell[Part] | null };

/** The names of a table, in its order. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] {
	return Object.keys(table) as Name[];
}

/** The cells of a view, row by row: states within scales, directions within themes. */
export function cellsOf({ scale, state, theme, dir }: View): Cell[] {
	const some = <Name extends string>(one: Name | null, table: Readonly<Record<Name, unknown>>) =>
		one === null ? namesOf(table) : [one];
	return some(scale, SCALES).flatMap((scale) =>
		some(state, STATES).flatMap((state) =>
			some(theme, THEMES).flatMap((theme) => some(dir, DIRECTIONS).map((dir) => ({ scale, state, theme, dir }))),
		),
	);
}

/** The view that an address asks for; what it does not name, or names in vain, is null. */
export function viewIn(query: URLSearchParams): View {
	const named = <Name extends string>(table: Readonly<Record<Name, unknown>>, part: keyof Cell) =>
		namesOf(table).find((name) => name === query.get(part)) ?? null;
	return {
		scale: named(SCALES, "scale"),
		state: named(STATES, "state"),
		theme: named(THEMES, "theme"),
		dir: named(DIRECTIONS, "dir"),
	};
}

/** The address under which `viewIn` finds a view. */
export function addressOf(path: string, view: View): string {
	const query = new URLSearchParams();
	for (const [part, name] of Object.entries(view)) if (name !== null) query.set(part, name);
	return `${path}?${query}`;
}
