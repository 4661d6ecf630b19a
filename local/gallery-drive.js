/*
 * Stands in each frame of the gallery, before the tag: brings the survey into the state of its cell by what a shopper would do, and
 * fits the frame to what it shows.
 */
{
	const { steps, place, comment, reply } = document.currentScript.dataset;

	// An answer gets the cell's reply in place of the collector's: nothing that is tried here is kept.
	const given = JSON.parse(reply);
	const fetchAsEver = window.fetch;
	window.fetch = async (input, init) => {
		if (init?.method !== "POST") return fetchAsEver(input, init);
		if (given === null) throw new TypeError("Failed to fetch");
		return Response.json(given.body, { status: given.status });
	};

	// The frames share an origin: each would go on with what another has asked.
	for (const storage of ["localStorage", "sessionStorage"])
		Object.defineProperty(window, storage, {
			get() {
				throw new DOMException("A frame of the gallery keeps nothing", "SecurityError");
			},
		});

	// The reasons in the same order in every frame, so that two can be compared.
	Math.random = () => 0;

	/** What stands in the survey under a selector, as soon as it stands there. */
	const found = async (selector, nth = 0) => {
		for (let tries = 0; tries < 400; tries++) {
			const element = document.querySelector("afterword-survey")?.shadowRoot?.querySelectorAll(selector)[nth];
			if (element) return element;
			await new Promise((later) => setTimeout(later, 25));
		}
		throw new Error(`The survey has no ${selector}`);
	};

	const deeds = {
		/** Draws a score as one with the keyboard's focus: of frames side by side only one can have the focus itself. */
		async focus() {
			const score = await found(".scale input", place);
			const root = score.getRootNode();
			const rules = root.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
			const drawn = new CSSStyleSheet();
			drawn.replaceSync(rules.join("").replaceAll(":focus-visible", ".focused"));
			root.adoptedStyleSheets = [drawn];
			score.classList.add("focused");
		},
		async score() {
			(await found(".scale input", place)).click();
		},
		async reason() {
			(await found(".chips input")).click();
		},
		async comment() {
			const field = await found("textarea");
			field.value = comment;
			field.dispatchEvent(new Event("input", { bubbles: true }));
		},
		async done() {
			(await found(".done")).click();
		},
	};

	const play = async () => {
		const card = await found(".card");
		const fit = new ResizeObserver(() => {
			const { height } = document.body.getBoundingClientRect();
			if (window.frameElement) window.frameElement.style.height = `${Math.ceil(Math.max(height, card.offsetHeight))}px`;
		});
		for (const element of [document.body, card]) fit.observe(element);
		for (const step of steps.split(" ").filter(Boolean)) await deeds[step]();
	};
	addEventListener("DOMContentLoaded", play);
}
