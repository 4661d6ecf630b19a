import { CONTACT_CHARS } from "../shared/limits.ts";
import type { Offer } from "../shared/widget-settings.ts";
import { make } from "./make.ts";
import css from "./offers.css?inline";
import type { Outcome } from "./outbox.ts";
import { styleSheet } from "./style-sheet.ts";
import type { Lent } from "./survey.ts";

/**
 * Offers beside the thanks what is for those with the score that was given. `say` puts a sentence in place of the thanks, undefined the
 * thanks themselves. Gives what hears how each sending ended.
 */
export type Offers = (
	lent: Lent,
	offers: readonly Offer[],
	say: (sentence: string | undefined) => void,
) => (outcome: Outcome) => void;

/**
 * Links, each in a tab of its own, and a field for who wants to be contacted, until they have asked for it: in the files of a site that
 * offers any. The field is in no form, for a page in a sandbox may forbid those.
 */
__AFTERWORD__.offers = ({ card, question, root, status, give }, offers, say) => {
	root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet(css)];
	const place = [...question.querySelectorAll("input")].findIndex(({ checked }) => checked);
	const mine = offers.filter(({ from, to }) => from <= place && place <= to);
	const links = mine.flatMap(({ link }) => (link ? [linkTo(...link)] : []));
	const box = make("div", {}, ...links);
	card.append(box);

	const field = make("input", {
		type: "text",
		dir: "auto",
		autocomplete: "email",
		maxlength: CONTACT_CHARS,
		pattern: ".*\\S.*",
		required: "",
	});
	const call = mine.find((offer) => offer.call)?.call;
	const asking = make("div", { class: "more" });
	if (call) {
		const [label, request, requested] = call;
		const button = make("button", { type: "button", class: "done" }, request);
		asking.append(make("label", {}, label, field), button);
		box.append(asking);
		button.onclick = () => {
			if (!field.reportValidity()) return;
			asking.remove();
			say(requested);
			status.tabIndex = -1;
			status.focus();
			give({ contact: field.value.trim() });
		};
		field.onkeydown = ({ key, isComposing }) => {
			if (key === "Enter" && !isComposing) button.click();
		};
	}

	return (outcome) => {
		const { status = outcome, dropped } = Object(outcome);
		if (/^(refused|already_answered)$/.test(status)) box.remove();
		if (!dropped?.includes("contact")) return;
		say(undefined);
		box.append(asking);
		field.setAttribute("aria-invalid", "true");
		field.focus();
	};
};

function linkTo(href: string, label: string): HTMLElement {
	return make("p", {}, make("a", { href, target: "_blank", rel: "noopener noreferrer" }, label));
}
