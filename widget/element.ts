import type { Commands } from "./commands.ts";
import { optionsOf } from "./options.ts";

const NAME = "afterword-survey";

/**
 * Defines `<afterword-survey>`: wherever a page puts one, it asks there. Those the widget makes itself have their shadow by then.
 * Throws where another site's tag has defined it before.
 */
export function defineElement({ ask }: Commands): void {
	customElements.define(
		NAME,
		class extends HTMLElement {
			declare asked: unknown;
			connectedCallback() {
				// A framework may set the attributes after it has put the element in.
				setTimeout(() => {
					const options = optionsOf(this);
					const { made, transaction } = options;
					// What the widget made asks nothing by itself, and a copy of it, as in a page's snapshot, goes.
					if (made === "") return this.shadowRoot || this.remove();
					if (this.shadowRoot && this.asked === transaction) return;
					this.asked = transaction;
					this.shadowRoot?.replaceChildren();
					ask(options, this);
				});
			}
		},
	);
}
