/**
 * What a page says of one ask, under the same names as `data-` attributes of the tag, as attributes of `<afterword-survey>` and in
 * `afterword("ask", { … })`: survey, transaction, token, customer, locale, placement, element, channel, segment-*, consent, delay,
 * scroll, exit, purchase, events, debug.
 */
export type Options = Readonly<Record<string, unknown>>;
/** The options that stand as attributes at a tag or an element. */
export declare function optionsOf({ attributes }: Element): Options;
/** An option as text without space around it; undefined where it is missing, empty or longer than `most`. */
export declare function said(options: Options, name: string, most?: number): string | undefined;
