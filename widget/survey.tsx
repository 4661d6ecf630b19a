import { h, render } from "preact";
import type { FollowUp } from "./follow-up.tsx";
import { useForJsx } from "./jsx-runtime.ts";
import { liveAsk } from "./live-ask.ts";
import type { Occasion } from "./occasion.ts";
import type { Delivery } from "./outbox.ts";
import { place } from "./placement.ts";
import { Scale } from "./scale.tsx";
import { whenSeen } from "./seen.ts";
import { styleSheet, themeRule } from "./style-sheet.ts";
import css from "./survey.css?inline";

/** What the shopper has said, and how its sending went. */
export interface SurveyState {
	readonly score: number | null;
	/** Ids of the chosen reasons. */
	readonly drivers: string[];
	readonly comment: string;
	readonly done: boolean;
	/** How the last sending ended; null while there was none. */
	readonly delivery: Delivery | null;
}

/** What the follow-up is lent of the survey it belongs to. */
export interface Lent {
	readonly h: typeof h;
	readonly occasion: Occasion;
	readonly root: ShadowRoot;
	/** Changes the state and draws it. */
	readonly update: (change: Partial<SurveyState>) => void;
	/** Sends what has been said, where there is something new. */
	readonly save: () => void;
}

/** Asks, where the tag stands. */
export function showSurvey(occasion: Occasion): void {
	place(occasion.tag, (host) => drawSurvey(occasion, host));
}

/**
 * Draws the question into the shadow of its element. The ask begins once the question has been seen; then the follow-up is fetched,
 * so that it is there when the shopper taps. Whatever the shopper gives is saved as it is given.
 */
function drawSurvey(occasion: Occasion, host: HTMLElement): void {
	const { site, locale, survey, settings } = occasion;
	const words = __AFTERWORD__.words[locale];
	if (!words) return;
	useForJsx(h);
	const root = host.attachShadow({ mode: "open" });
	root.adoptedStyleSheets = [styleSheet(css + themeRule(host, settings.theme))];
	let state: SurveyState = { score: null, drivers: [], comment: "", done: false, delivery: null };
	let followUp: FollowUp | undefined;
	let fetching = false;

	const update = (change: Partial<SurveyState>) => {
		state = { ...state, ...change };
		render(draw(), root);
	};
	const ask = liveAsk(occasion, host, Date.now, (delivery) => update({ delivery }));
	const save = () => {
		const { score, drivers, comment } = state;
		if (score !== null) ask.answer({ score, drivers, comment: comment.trim() });
	};
	const fetchFollowUp = async () => {
		const file: typeof import("./follow-up.tsx") = await import(
			/* @vite-ignore */ `${site.origin}/w/${site.site}.follow-up.js?lang=${locale}`
		);
		followUp = file.followUp({ h, occasion, root, update, save });
		update({});
	};
	const see = () => {
		ask.see();
		if (!fetching) fetchFollowUp().catch(() => {});
		fetching = true;
	};
	const pick = (score: number) => {
		see();
		update({ score });
		save();
	};
	const dismiss = () => {
		ask.dismiss();
		host.remove();
	};
	const leave = () => {
		save();
		ask.leave();
	};

	const draw = () => {
		const { score, done, delivery } = state;
		const answered = score !== null && delivery !== "refused";
		return (
			<div class="card" lang={locale} dir={words.direction}>
				{!done && (
					<Scale
						scale={settings.scale}
						score={score}
						question={words.question[survey] ?? ""}
						ends={words.ends[survey] ?? []}
						onPick={pick}
					/>
				)}
				{!answered && <button type="button" class="dismiss" aria-label={words.dismiss} onClick={dismiss} />}
				<p role="status">{answered && (done ? followUp?.thanks : words.saved)}</p>
				{answered && followUp?.draw(state)}
			</div>
		);
	};

	update({});
	whenSeen(host, see);
	for (const event of ["pagehide", "visibilitychange"]) addEventListener(event, leave);
}
