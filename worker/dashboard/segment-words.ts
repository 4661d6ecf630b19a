import type { Channel, Device } from "../../shared/segments.ts";
import type { DELAYS } from "../../shared/tally-pairs.ts";

/** What the segments are called that every site has, in English. Another language is another file of this type. */
export const SEGMENT_WORDS = {
	/** In which language a language is named. */
	language: "en",
	keys: { channel: "Channel", device: "Device", locale: "Language", delay: "Answered" },
	channels: {
		page: "On the page",
		hosted: "Survey’s own page",
		email: "E-mail",
		app: "App",
		api: "API",
		import: "Imported",
	} satisfies Record<Channel, string>,
	devices: { phone: "Phone", tablet: "Tablet", desktop: "Desktop" } satisfies Record<Device, string>,
	delays: {
		"1h": "Within an hour",
		"1d": "Within a day",
		"3d": "Within three days",
		later: "Later than three days",
	} satisfies Record<(typeof DELAYS)[number], string>,
	named: (key: string, value: string) => `${key}: ${value}`,
};
