import { DEFAULT_DRIVERS, type DriverId } from "../../shared/drivers.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { Mood, Theme } from "./sample-comments.ts";
import type { Chance } from "./seeded-chance.ts";

export interface SampleOpinion {
	readonly mood: Mood;
	readonly theme: Theme;
	readonly score: number;
	readonly drivers: DriverId[];
}

/** What decides how content a shopper is. `age` is in days before today. */
export interface Circumstances {
	readonly age: number;
	readonly region: string;
	readonly customerType: string;
}

/** How far two things have come on one day, 0…1 each. */
interface Climate {
	readonly trouble: number;
	readonly wallet: number;
}

/** Log-odds of being happy on a usual day, and what trouble and the wallet add to them. */
const CONTENTMENT = {
	csat: { usual: 1.4, trouble: -0.95, wallet: 0.6 },
	nps: { usual: 0.85, trouble: -1.25, wallet: 0.6 },
	ces: { usual: 1.3, trouble: -0.85, wallet: 0.7 },
} as const satisfies Record<MetricName, object>;

const REGION: Readonly<Record<string, number>> = { north: 0.1, centre: 0, south: -0.05, islands: -0.5 };
const CUSTOMER_TYPE: Readonly<Record<string, number>> = { returning: 0.2, new: -0.2 };

type Weights<T> = readonly (readonly [item: T, weight: number])[];

const SCORES = {
	csat: {
		happy: weights({ 5: 62, 4: 38 }),
		mixed: weights({ 4: 30, 3: 70 }),
		unhappy: weights({ 2: 55, 1: 45 }),
	},
	nps: {
		happy: weights({ 10: 50, 9: 33, 8: 17 }),
		mixed: weights({ 8: 38, 7: 36, 6: 16, 5: 10 }),
		unhappy: weights({ 6: 22, 5: 20, 4: 14, 3: 16, 2: 12, 1: 6, 0: 10 }),
	},
	ces: {
		happy: weights({ 7: 50, 6: 38, 5: 12 }),
		mixed: weights({ 5: 40, 4: 35, 3: 25 }),
		unhappy: weights({ 3: 25, 2: 45, 1: 30 }),
	},
} as const satisfies Record<MetricName, Record<Mood, Weights<number>>>;

/** How often a theme is on people's minds, and what full trouble and a full wallet add to that. */
type ThemeWeight = readonly [theme: Theme, usual: number, trouble?: number, wallet?: number];

const AT_CHECKOUT: Readonly<Record<Mood, readonly ThemeWeight[]>> = {
	happy: [
		["general", 3],
		["price", 2],
		["range", 2.5],
		["information", 1.2],
		["checkout", 2.5],
		["payment", 0, 0, 7],
		["delivery", 1.2, -1.2],
		["service", 0.8],
		["website", 1.2],
	],
	mixed: [
		["general", 2],
		["price", 2.2],
		["range", 2],
		["information", 1.2],
		["checkout", 1.5],
		["payment", 2.5, 0, -2.5],
		["delivery", 1.8, 7],
		["service", 0.5],
		["website", 1],
	],
	unhappy: [
		["general", 1],
		["price", 2],
		["range", 1],
		["information", 1],
		["checkout", 1.5],
		["payment", 2, 0, -2],
		["delivery", 1.8, 16],
		["service", 0.8],
		["website", 1],
	],
};

const AFTER_DELIVERY: Readonly<Record<Mood, readonly ThemeWeight[]>> = {
	happy: [
		["general", 2.5],
		["quality", 5],
		["packaging", 2],
		["price", 1.5],
		["range", 1.5],
		["payment", 0, 0, 1.5],
		["parcel", 2.2, -2.2],
		["service", 1.5],
		["website", 0.7],
	],
	mixed: [
		["general", 2],
		["quality", 2],
		["packaging", 1],
		["price", 2.2],
		["range", 1.5],
		["parcel", 2.2, 9],
		["service", 1],
		["website", 0.7],
	],
	unhappy: [
		["general", 1],
		["quality", 2],
		["packaging", 1.2],
		["price", 2],
		["range", 0.6],
		["parcel", 2.2, 18],
		["service", 1.5],
		["website", 0.6],
	],
};

/** The chip that stands for a theme; null where none does. */
const DRIVER_OF = {
	general: null,
	quality: "quality",
	packaging: "quality",
	price: "price",
	range: "range",
	information: "information",
	checkout: "checkout",
	payment: "payment",
	delivery: "delivery",
	parcel: "delivery",
	ferry: "delivery",
	service: "service",
	website: "website",
} as const satisfies Record<Theme, DriverId | null>;

/** What one shopper answers: mood and theme first, and out of these a score and the chips that go with it. */
export function sampleOpinion(survey: MetricName, circumstances: Circumstances, chance: Chance): SampleOpinion {
	const climate = climateOn(circumstances.age);
	const mood = moodOf(survey, circumstances, climate, chance);
	const themes = themesOf(survey, mood, climate);
	const theme = chance.pick(themes);
	return {
		mood,
		theme: mood !== "happy" && circumstances.region === "islands" ? fromTheIslands(theme, chance) : theme,
		score: chance.pick(SCORES[survey][mood]),
		drivers: driversOf(survey, theme, themes, chance),
	};
}

/**
 * The story the numbers tell: from 38 to 24 days ago the delivery partner is in trouble; 18 days ago the shop starts to
 * take a wallet on the phone, and within a week everybody has noticed.
 */
function climateOn(age: number): Climate {
	return { trouble: Math.min(ramp(-age, -39, -35), 1 - ramp(-age, -27, -23)), wallet: ramp(-age, -18, -11) };
}

/** 0 up to `from`, 1 from `to` on, straight between them. */
function ramp(x: number, from: number, to: number): number {
	return Math.min(1, Math.max(0, (x - from) / (to - from)));
}

function moodOf(survey: MetricName, { region, customerType }: Circumstances, climate: Climate, chance: Chance): Mood {
	const base = CONTENTMENT[survey];
	const harder = region === "islands" ? 1.5 : 1;
	const logOdds =
		base.usual +
		base.trouble * climate.trouble * harder +
		base.wallet * climate.wallet +
		(REGION[region] ?? 0) +
		(CUSTOMER_TYPE[customerType] ?? 0);
	if (chance.happens(1 / (1 + Math.exp(-logOdds)))) return "happy";
	return chance.happens(0.4 + 0.2 * climate.trouble) ? "unhappy" : "mixed";
}

function themesOf(survey: MetricName, mood: Mood, climate: Climate): Weights<Theme> {
	const themes = (survey === "nps" ? AFTER_DELIVERY : AT_CHECKOUT)[mood];
	return themes.map(([theme, usual, trouble = 0, wallet = 0]) => {
		return [theme, Math.max(0, usual + trouble * climate.trouble + wallet * climate.wallet)];
	});
}

function fromTheIslands(theme: Theme, chance: Chance): Theme {
	return (theme === "delivery" || theme === "parcel") && chance.happens(0.6) ? "ferry" : theme;
}

/** The chips that were tapped: four shoppers in five tap one, mostly that of their theme, and a third of those a second one. */
function driversOf(survey: MetricName, theme: Theme, themes: Weights<Theme>, chance: Chance): DriverId[] {
	if (!chance.happens(0.8)) return [];
	const offered: readonly DriverId[] = DEFAULT_DRIVERS[survey];
	const chips = themes.flatMap(([name, weight]) => {
		const driver = DRIVER_OF[name];
		return driver !== null && offered.includes(driver) ? [[driver, weight + 0.5] as const] : [];
	});
	const own = DRIVER_OF[theme];
	const first = own !== null && offered.includes(own) ? own : chance.pick(chips);
	if (!chance.happens(0.33)) return [first];
	return [first, chance.pick(chips.filter(([driver]) => driver !== first))];
}

function weights(table: Readonly<Record<number, number>>): Weights<number> {
	return Object.entries(table).map(([score, weight]) => [Number(score), weight]);
}
