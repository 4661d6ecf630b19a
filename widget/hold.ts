/** What an ask lends to what holds it: its beginning, its pick as a tap makes it, its scale and where that stands. */
interface Held {
	readonly begin: () => void;
	readonly pick: (score: number) => void;
	/** Shows a score as chosen. */
	readonly choose: (score: number) => void;
	readonly root: ShadowRoot;
}

/** Begins an ask, or waits with it. */
export type Hold = (held: Held) => void;

/** What a person does and a mail scanner that opens every link does not. */
const DEEDS = ["pointerdown", "pointermove", "mousedown", "click", "keydown", "wheel", "touchmove"];

/** The deeds that press what is under them. What reads a page aloud may say no more than the last. */
const PRESSES = /^(pointerdown|mousedown|click)$/;

/**
 * For a page that was opened by a link with a score in it: shows the score as chosen, and takes it for the answer only once somebody
 * is there. Until then nothing is kept and nothing is sent, for mail scanners open links too. Whoever chooses another score first
 * has answered that.
 */
__AFTERWORD__.hold = ({ begin, pick, choose, root }) => {
	const { score = Number.NaN, settings } = __AFTERWORD__;
	const [least, most] = settings.surveys[settings.survey]?.scale ?? [0, 0];
	if (!(score >= least && score <= most)) return begin();
	choose(score);
	const chosen = root.querySelectorAll("label")[score - least];
	const confirm = (event: Event) => {
		if (!event.isTrusted || isStill(event)) return;
		for (const deed of DEEDS) removeEventListener(deed, confirm, true);
		begin();
		const target = event.composedPath()[0];
		const pressed = PRESSES.test(event.type) && target instanceof Element && target.closest("label, button");
		if (!pressed || pressed === chosen) pick(score);
	};
	for (const deed of DEEDS) addEventListener(deed, confirm, { capture: true, passive: true });
};

/** Whether a pointer only seems to move: browsers say so by themselves when the page moves under a pointer that rests. */
function isStill(event: Event): boolean {
	return event.type === "pointermove" && event instanceof PointerEvent && !event.movementX && !event.movementY;
}
