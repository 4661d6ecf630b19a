import { maskPage } from "../shared/page-address.ts";
import { deviceOf } from "./device.ts";
import type { Occasion } from "./occasion.ts";
import { said } from "./options.ts";

/**
 * What is sent of the shopper beside the answer: the signed transaction, the channel, and, unless the browser asks not to be
 * tracked (Sec-GPC or DNT), what an answer can do without. What is too long is left out, so that it can never make the whole too
 * large; whether the rest is valid the collector sees.
 */
export function shopperOf({ options }: Occasion, { navigator, location, matchMedia, screen }: Window) {
	const needed = { token: said(options, "token", 384), channel: said(options, "channel") ?? "page" };
	if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return needed;
	const segments: Record<string, string> = {};
	for (const key of __AFTERWORD__.settings.segments) {
		const value = said(options, `segment-${key}`);
		if (value) segments[key] = value;
	}
	return {
		...needed,
		customer: said(options, "customer"),
		segments,
		device: deviceOf({ matchMedia, screen }),
		page: maskPage(location.href) ?? undefined,
	};
}
