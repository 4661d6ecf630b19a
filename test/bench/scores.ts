import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { valuesOf } from "../../shared/metrics.ts";
import { startCollector } from "../harness/collector.ts";
import { night } from "../harness/night.ts";

const SIZES = [10_000, 100_000, 1_000_000];
const WINDOWS = ["7d", "30d", "90d", "365d"];
const SEGMENTS = ["", "&segment=plan:gold"];
const DAYS = 730;
const DAY_MS = 24 * 60 * 60 * 1000;
const RUNS = 5;

/** What a score costs to read, in rows of D1 and in milliseconds, as the answers grow a hundredfold, after a night that packs what is long past. */
export async function scores(): Promise<void> {
	const table: Record<string, string | number>[] = [];
	for (const size of SIZES) {
		const collector = await startCollector();
		const segments = JSON.stringify({ segments: { plan: ["free", "gold"] } });
		await collector.owner("/v1/site", { method: "PATCH", body: segments });
		const began = performance.now();
		await loadAsks(collector.db, { id: collector.site.id, timezone: "Europe/Rome" }, everywhere(size, Date.now()));
		console.log(`${size.toLocaleString("en")} asks written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
		await night(collector, Date.now());
		for (const segment of SEGMENTS)
			for (const window of WINDOWS) {
				const times: number[] = [];
				let rows = "";
				let responses = 0;
				for (let run = 0; run < RUNS; run++) {
					const from = performance.now();
					const response = await collector.owner(`/v1/scores?survey=nps&window=${window}${segment}`);
					responses = (await response.json()).scores[0].responses;
					times.push(performance.now() - from);
					rows = response.headers.get("x-rows-read") ?? "";
				}
				times.sort((a, b) => a - b);
				table.push({
					asks: size.toLocaleString("en"),
					of: segment === "" ? "everybody" : "plan:gold",
					window,
					responses: responses.toLocaleString("en"),
					"rows read": Number(rows),
					"ms, median": Number(times[Math.floor(RUNS / 2)]?.toFixed(1)),
				});
			}
		await collector.stop();
	}
	console.table(table);
}

/** NPS asks that fill every outcome of every day alike, so that the fewest fill as many rows of the tally as the most. */
function* everywhere(count: number, now: number): Generator<LoadedAsk> {
	const outcomes = [...valuesOf("nps"), "dismissed", "shown"] as const;
	for (let i = 0; i < count; i++) {
		const outcome = outcomes[i % outcomes.length] ?? 0;
		const answered = typeof outcome === "number";
		const cell = Math.floor(i / outcomes.length);
		yield {
			survey: "nps",
			status: answered ? "answered" : outcome,
			score: answered ? outcome : null,
			drivers: [],
			comment: null,
			segments: { channel: "email", locale: "en", plan: Math.floor(cell / DAYS) % 2 === 0 ? "gold" : "free" },
			transaction: null,
			shownAt: now - (cell % DAYS) * DAY_MS,
			answeredAfterMs: answered ? 20_000 : null,
			page: null,
		};
	}
}
