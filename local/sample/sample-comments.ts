import { CRITICISM } from "./criticism.ts";
import { PRAISE } from "./praise.ts";

/** How a shopper feels about the order. */
export type Mood = "happy" | "mixed" | "unhappy";

/**
 * What a comment is about. `quality`, `packaging` and `parcel` can only be judged once the order has arrived; `ferry` is what
 * people on the islands say of delivery.
 */
export type Theme =
	| "general"
	| "quality"
	| "packaging"
	| "price"
	| "range"
	| "information"
	| "checkout"
	| "payment"
	| "delivery"
	| "parcel"
	| "ferry"
	| "service"
	| "website";

export type Language = "en" | "it" | "de" | "es" | "fr" | "ar" | "he" | "sr" | "vi";

export type SampleComment = readonly [mood: Mood, theme: Theme, language: Language, text: string];

export const SAMPLE_COMMENTS: readonly SampleComment[] = [...PRAISE, ...CRITICISM];
