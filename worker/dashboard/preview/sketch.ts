import * as z from "zod";
import { surveySlug } from "../../../shared/identifier-contract.ts";
import { type SurveyPatch, surveyPatch } from "../../../shared/survey-contract.ts";

/** A change to a survey that nobody has kept: what a preview shows. */
export interface Sketch {
	readonly survey: string;
	readonly patch: SurveyPatch;
}

const sketch = z.strictObject({ survey: surveySlug, patch: surveyPatch });

/** A sketch as a part of an address, where the widget's own files find it again. */
export function addressOf({ survey, patch }: Sketch): string {
	const bytes = new TextEncoder().encode(JSON.stringify({ survey, patch }));
	const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
	return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The sketch of an address; null where it is none. */
export function sketchIn(address: string): Sketch | null {
	try {
		const text = atob(address.replaceAll("-", "+").replaceAll("_", "/"));
		const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
		return sketch.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
	} catch {
		return null;
	}
}
