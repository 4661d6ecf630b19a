/**
 * What a page says of one ask, under the same names as `data-` attributes of the tag, as attributes of `<afterword-survey>` and in
 * `afterword("ask", { … })`: survey, transaction, token, customer, locale, placement, element, channel, segment-*, consent, delay,
 * scroll, exit, purchase, events, debug.
 */
export type Options = Readonly<Record<string, unknown>>;

/** The options that stand as attributes at a tag or an element. */
export function optionsOf({ attributes }: Element): Options {
	return Object.fromEntries([...attributes].map((attribute) => [attribute.name.replace("data-", ""), attribute.value]));
}

/** An option as text without space around it; undefined where it is missing, empty or longer than `most`. */
export function said(options: Options, name: string, most = 64): string | undefined {
	const text = `${options[name] ?? ""}`.trim();
	return text && text.length <= most ? text : undefined;
}
