import { LOCALES, type Locale } from "../shared/locales/index.ts";
import type { Strings } from "../shared/locales/strings.ts";
import { wrapText } from "./wrap-text.ts";

/** Sizes in SVG units, which are a page's pixels. */
const WIDTH = 300;
const PADDING = 16;
const SENTENCE = { size: 15, line: 21 };
const SIGNED = { size: 13, line: 22 };
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

interface Badge {
	readonly shop: string;
	/** The survey's score as a sentence. */
	readonly sentence: string;
	/** Whether it counts signed orders only. */
	readonly signed: boolean;
	readonly locale: Locale;
}

/**
 * A score as a picture: text on a ground of its own, readable on a light page and on a dark one, in the direction of its language.
 * Without style or script, so that no page's policy can take anything from it.
 */
export function badgePicture({ shop, sentence, signed, locale }: Badge): string {
	const words: Strings = LOCALES[locale];
	const rtl = words.direction === "rtl";
	const lines = wrapText(sentence, (WIDTH - 2 * PADDING) / SENTENCE.size, locale);
	const height = 2 * PADDING + lines.length * SENTENCE.line - 4 + (signed ? SIGNED.line : 0);
	const start = rtl ? WIDTH - PADDING : PADDING;
	const after = rtl ? -20 : 20;
	const signedAt = PADDING + lines.length * SENTENCE.line + SIGNED.size;
	const named = `${shop}: ${sentence}${signed ? ` ${words.signedMeans}` : ""}`;
	const svg = (
		<svg
			xmlns="http://www.w3.org/2000/svg"
			width={WIDTH}
			height={height}
			viewBox={`0 0 ${WIDTH} ${height}`}
			role="img"
			aria-labelledby="name"
			lang={locale}
			direction={words.direction}
			font-family={FONT}
		>
			<title id="name">{named}</title>
			<rect x="0.5" y="0.5" width={WIDTH - 1} height={height - 1} rx="10" fill="#fff" stroke="#8b949e" />
			{lines.map((line, i) => (
				<text x={start} y={PADDING + SENTENCE.size - 1 + i * SENTENCE.line} font-size={SENTENCE.size} fill="#1b1f24">
					{line}
				</text>
			))}
			{signed ? (
				<>
					<path
						d={`M${rtl ? start - 14 : start} ${signedAt - 5}l4 4 9-9`}
						fill="none"
						stroke="#1a6b38"
						stroke-width="2"
						stroke-linecap="round"
						stroke-linejoin="round"
					/>
					<text x={start + after} y={signedAt} font-size={SIGNED.size} fill="#4a535c">
						{words.signed}
					</text>
				</>
			) : null}
		</svg>
	);
	return String(svg);
}

/** What stands where there is no score to show: nothing that can be seen, for an image that is missing looks broken. */
export const NO_BADGE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1" aria-hidden="true"/>';
