import type { SurveySettings } from "../shared/widget-settings.ts";
import { make } from "./make.ts";

/** The scale with its question, as native radios, lowest at the reading start. */
export interface Scale {
	readonly element: HTMLElement;
	/** Shows a score as chosen. */
	choose(score: number): void;
}

/**
 * Makes the scale of a survey. A tap, Space or Enter answers; arrow keys only move.
 * @param names what the scores mean: the lowest and the highest, or each where they are drawn as pictures
 */
export function scaleOf(
	{ scale: [min, max], display }: SurveySettings,
	question: string,
	names: readonly string[],
	pick: (score: number) => void,
): Scale {
	const { picture } = __AFTERWORD__;
	const [low = "", high = ""] = [names[0], names.at(-1)];
	const labels: HTMLLabelElement[] = [];
	for (let n = min; n <= max; n++) {
		const name = n === max ? high : n === min || names.length > 2 ? names[n - min] : undefined;
		const radio = make("input", {
			type: "radio",
			name: "score",
			tabindex: n === min ? 0 : -1,
			"aria-label": name && `${n}, ${name}`,
		});
		radio.onchange = () => pick(n);
		labels.push(make("label", {}, radio, display && picture ? picture.draw(display, n) : `${n}`));
	}
	const row = make("div", { class: `row scale ${display ?? (max - min > 9 ? "many" : "")}` }, ...labels);
	const ends = make("div", { class: "ends" }, make("span", {}, low), make("span", {}, high));
	const element = make("fieldset", {}, make("legend", {}, question), row, ends);
	const radios = element.getElementsByTagName("input");
	element.onkeydown = (event) => move(event, [...radios]);
	return {
		element,
		choose(score) {
			labels.forEach((label, i) => {
				const chosen = i + min === score;
				label.className = chosen || (display === "stars" && i + min < score) ? "on" : "";
				const radio = radios[i];
				if (!radio) return;
				radio.checked = chosen;
				radio.tabIndex = chosen ? 0 : -1;
			});
		},
	};
}

/** Arrow keys move as seen and choose nothing: a score passed over on the way to another is no answer. Enter chooses as Space does. */
function move(event: KeyboardEvent, radios: HTMLInputElement[]) {
	const right = getComputedStyle(event.currentTarget as Element).direction === "rtl" ? -1 : 1;
	const steps: Record<string, number> = { ArrowRight: right, ArrowLeft: -right, ArrowDown: 1, ArrowUp: -1, Enter: 0 };
	const step = steps[event.key];
	if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
	event.preventDefault();
	const radio = radios.at((radios.findIndex((other) => other.matches(":focus")) + step) % radios.length);
	if (step) radio?.focus();
	else radio?.click();
}
