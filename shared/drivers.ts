import type { MetricName } from "./metrics.ts";

/** The reasons Afterword has words for in every language. An owner may add others, with words of their own. */
export const DRIVER_IDS = [
	"quality",
	"price",
	"range",
	"information",
	"checkout",
	"payment",
	"delivery",
	"service",
	"website",
] as const;

export type DriverId = (typeof DRIVER_IDS)[number];

/** The reasons offered until the owner chooses: those a shopper can judge at that moment. */
export const DEFAULT_DRIVERS = {
	nps: ["quality", "price", "range", "delivery", "service", "website"],
	csat: ["price", "range", "information", "checkout", "payment", "delivery"],
	ces: ["website", "information", "checkout", "payment", "delivery", "service"],
} as const satisfies Record<MetricName, readonly DriverId[]>;
