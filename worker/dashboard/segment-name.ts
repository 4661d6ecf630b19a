import { LOCALE_CODES } from "../../shared/locales/index.ts";
import { SEGMENT_WORDS as words } from "./segment-words.ts";

/** What the segments of every site are called, and their values; an owner's own are in none of these. */
const KEYS = new Map(Object.entries(words.keys));
const languages = new Intl.DisplayNames(words.language, { type: "language" });
const VALUES = new Map<string, ReadonlyMap<string, string>>([
	["channel", new Map(Object.entries(words.channels))],
	["device", new Map(Object.entries(words.devices))],
	["delay", new Map(Object.entries(words.delays))],
	["locale", new Map(LOCALE_CODES.map((code) => [code, languages.of(code) ?? code]))],
]);

/** What a segment is called: ours by their names, an owner's own as it is declared, which belongs into `bdi`. */
export const keyName = (key: string) => KEYS.get(key) ?? key;

/** What a value of a segment is called: as `keyName`. */
export const valueName = (key: string, value: string) => VALUES.get(key)?.get(value) ?? value;

/** A segment with its value, as the API writes them ("device:phone", "plan:gold"), as they are read: "Device: Phone", "plan: gold". */
export function segmentName(segment: string): string {
	const at = segment.indexOf(":");
	if (at < 0) return segment;
	const key = segment.slice(0, at);
	return words.named(keyName(key), valueName(key, segment.slice(at + 1)));
}
