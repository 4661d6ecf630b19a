/** Begins an ask, or waits with it. `pick` gives a score as a tap would; `root` is where the scale stands. */
export type Hold = (begin: () => void, pick: (score: number) => void, root: ShadowRoot) => void;

/** What a person does and a mail scanner that opens every link does not. */
const DEEDS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];

/**
 * For a page that was opened by a link with a score in it: shows the score as chosen, and takes it for the answer only once somebody
 * is there. Until then nothing is kept and nothing is sent, for mail scanners open links too. Whoever chooses another score first
 * has answered that.
 */
__AFTERWORD__.hold = (begin, pick, root) => {
	const { score = Number.NaN, settings } = __AFTERWORD__;
	const [least, most] = settings.surveys[settings.survey]?.scale ?? [0, 0];
	if (!(score >= least && score <= most)) return begin();
	const label = root.querySelectorAll("label")[score - least];
	if (label) label.className = "on";
	const confirm = (event: Event) => {
		if (!event.isTrusted || isStill(event)) return;
		for (const deed of DEEDS) removeEventListener(deed, confirm, true);
		begin();
		const target = event.composedPath()[0];
		const own = target instanceof Element && root.contains(target) && target.closest("label, button");
		if (label && !(own && event.type === "pointerdown")) pick(score);
		else if (label) label.className = "";
	};
	for (const deed of DEEDS) addEventListener(deed, confirm, { capture: true, passive: true });
};

/** Whether a pointer only seems to move: browsers say so by themselves when the page moves under a pointer that rests. */
function isStill(event: Event): boolean {
	return event.type === "pointermove" && event instanceof PointerEvent && !event.movementX && !event.movementY;
}
