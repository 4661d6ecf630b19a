/** Black or white, whichever can be read better on a colour; null where the colour is not written as #rrggbb. */
export function onAccent(accent: string): "#fff" | "#000" | null {
	if (!/^#[0-9a-f]{6}$/i.test(accent)) return null;
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(accent.slice(at, at + 2), 16) / 255));
	const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	// Contrast as WCAG 2 counts it: 1.05 / (L + 0.05) with white, (L + 0.05) / 0.05 with black.
	return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#fff" : "#000";
}

/** A channel of sRGB, 0 to 1, as linear light. */
function linear(channel: number): number {
	return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
