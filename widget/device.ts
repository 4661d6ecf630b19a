import type { Device } from "../shared/segments.ts";

/**
 * What is held in the hand or stands on the desk: by the main pointer and, under a finger, by the screen's shorter side. Undefined on
 * a page that has put something of its own in their place.
 */
export function deviceOf({ matchMedia, screen }: Pick<Window, "matchMedia" | "screen">): Device | undefined {
	try {
		if (!matchMedia("(pointer:coarse)").matches) return "desktop";
		return Math.min(screen.width, screen.height) < 600 ? "phone" : "tablet";
	} catch {
		return undefined;
	}
}
