import offers from "../dist/widget/offers.js";
import pictures from "../dist/widget/pictures.js";
import type { FollowUpWords, WidgetSettings } from "../shared/widget-settings.ts";

/** A classic script behind its line. It stands in a block, so that the line declares nothing on the page. */
export function script(line: object, ...code: readonly string[]): string {
	return `{${module(line, ...code)}\n}`;
}

/** A module behind its line. */
export function module(line: object, ...code: readonly string[]): string {
	return [`const __AFTERWORD__=${literal(line)};`, ...code].join("\n");
}

/** What the surveys of a site need beside the widget itself. */
export function partsOf({ surveys }: WidgetSettings): readonly string[] {
	return Object.values(surveys).some(({ display }) => display) ? [pictures] : [];
}

/** What the follow-up needs beside itself where a site has something to offer after the thanks. */
export function followUpPartsOf(words: FollowUpWords): readonly string[] {
	return Object.values(words).some(({ offers }) => offers) ? [offers] : [];
}

/** JSON as a JavaScript literal that stays one even where somebody pastes it into a page. */
function literal(value: unknown): string {
	return JSON.stringify(value).replaceAll("<", "\\u003C");
}
