import { h, render } from "preact";
import { FollowUp } from "./follow-up.tsx";
import { liveAsk } from "./live-ask.ts";
import type { Occasion } from "./occasion.ts";
import type { Delivery } from "./outbox.ts";
import { Scale } from "./scale.tsx";
import { whenSeen } from "./seen.ts";
import { sharedScore } from "./shared-score.ts";
import { shuffle } from "./shuffle.ts";
import css from "./survey.css?inline";

interface State {
	readonly score?: number;
	readonly drivers: string[];
	readonly comment: string;
	readonly done?: boolean;
	/** How the last sending ended, once one has. */
	readonly delivery?: Delivery;
}

/** Milliseconds without a keystroke after which a comment is saved. */
const PAUSE_MS = 1_500;

/**
 * Asks: draws the question into the shadow of its element, then the reasons and the comment, then the thanks. The ask begins once
 * the question has been seen; whatever the shopper gives is saved as it is given.
 */
export function showSurvey(occasion: Occasion): void {
	const { host, locale, survey, settings } = occasion;
	const words = __AFTERWORD__.words[locale];
	if (!words) return host.remove();
	const root = host.attachShadow({ mode: "open" });
	const theme = Object.entries(settings.theme).map(([name, value]) => `${name}:${value}`);
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(`${css}:host{${theme.join(";")}}`);
	root.adoptedStyleSheets = [sheet];

	const offered = shuffle(settings.drivers, Math.random);
	let state: State = { drivers: [], comment: "" };
	let pause: ReturnType<typeof setTimeout>;

	const update = (change: Partial<State>) => {
		state = { ...state, ...change };
		render(view(state), root);
	};
	const ask = liveAsk(occasion, Date.now, (delivery) => update({ delivery }));
	const save = () => {
		clearTimeout(pause);
		const { score, drivers, comment } = state;
		if (score !== undefined) ask.answer({ score, drivers, comment: comment.trim() });
	};
	const give = (change: Partial<State>) => {
		update(change);
		save();
	};
	const write = (comment: string) => {
		update({ comment });
		clearTimeout(pause);
		pause = setTimeout(save, PAUSE_MS);
	};
	const dismiss = () => {
		ask.dismiss();
		host.remove();
	};
	const finish = () => {
		const { activeElement } = root;
		give({ done: true });
		if (activeElement) root.querySelector("p")?.focus();
	};

	const view = ({ score, drivers, comment, done, delivery }: State) => {
		const sentence = words.shared[survey];
		return (
			<div class="card" lang={locale} dir={words.direction}>
				{!done && (
					<Scale
						metric={settings.metric}
						score={score}
						question={words.question[survey] ?? ""}
						ends={words.ends[survey] ?? []}
						onPick={(score) => give({ score })}
					/>
				)}
				{score === undefined && <button type="button" class="dismiss" aria-label={words.dismiss} onClick={dismiss} />}
				<p role="status" tabIndex={-1}>
					{done ? words.thanks : score !== undefined && words.saved}
				</p>
				{score !== undefined && !done && (
					<FollowUp
						words={words}
						offered={offered}
						drivers={drivers}
						comment={comment}
						onChoose={(drivers) => give({ drivers })}
						onWrite={write}
						onPause={save}
						onDone={finish}
					/>
				)}
				{done && delivery === "waiting" && <p>{words.waiting}</p>}
				{done && sentence && typeof delivery === "object" && delivery.score && (
					<p>{sharedScore(sentence, delivery.score, locale)}</p>
				)}
			</div>
		);
	};

	update({});
	whenSeen(host, ask.see);
	for (const event of ["pagehide", "visibilitychange"])
		addEventListener(event, () => {
			save();
			ask.leave();
		});
}
