import type { LoadedAsk } from "../../local/load-asks.ts";
import { METRICS, type MetricName } from "../../shared/metrics.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Made-up asks over the last `days` days, the same ones for the same seed. Every survey, channel, device, plan, reason and delay occurs. */
export function* madeUpAsks(count: number, days: number, seed: number, now: number): Generator<LoadedAsk> {
	let state = seed;
	const chance = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const pick = <Item>(items: readonly [Item, ...Item[]]): Item => items[Math.floor(chance() * items.length)] ?? items[0];
	for (let i = 0; i < count; i++) {
		const survey = pick<MetricName>(["nps", "csat", "ces"]);
		const { min, max } = METRICS[survey];
		const device = pick(["phone", "phone", "desktop"]);
		const fate = chance() * (device === "phone" ? 1.3 : 1);
		const answered = fate < 0.55;
		const drivers = answered && chance() < 0.7 ? (["price", "delivery", "payment"] as const).filter(() => chance() < 0.5) : [];
		const low = drivers.includes("delivery") ? 0.5 : 1;
		yield {
			survey,
			status: answered ? "answered" : fate < 0.75 ? "dismissed" : "shown",
			score: answered ? Math.min(max, min + Math.floor(Math.sqrt(chance()) * low * (max - min + 1))) : null,
			drivers,
			comment: answered && chance() < 0.3 ? "Said." : null,
			segments: { channel: pick(["page", "page", "email", "import"]), device, plan: pick(["free", "gold", "other"]) },
			transaction: null,
			shownAt: now - Math.floor(chance() * days * DAY_MS),
			answeredAfterMs: answered ? Math.floor(chance() ** 4 * 6 * DAY_MS) : null,
			page: null,
		};
	}
}
