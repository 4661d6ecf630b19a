import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { statementsOf } from "../../local/migrate.ts";
import { PATHS } from "../../local/paths.ts";
import type { EpisodeView } from "../../shared/insight-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { logInTo } from "../harness/owner-session.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let collector: TestCollector;
let site: TestSite;
let loads = 0;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	site = await collector.makeSite();
});

/** As many NPS answers of one score, spread over the days from `from` days ago to `to` days ago. */
async function answers(n: number, score: number, [from, to]: readonly [number, number], signed: boolean | null): Promise<void> {
	const asks = Array.from({ length: n }, (_, i): LoadedAsk => {
		const ago = from - (i % (from - to + 1));
		return {
			survey: "nps",
			status: "answered",
			score,
			drivers: [],
			comment: null,
			segments: { channel: "page", device: "phone" },
			transaction: null,
			shownAt: Date.now() - ago * DAY_MS,
			answeredAfterMs: 1_000,
			page: null,
			...(signed === null ? {} : { verified: signed }),
		};
	});
	await loadAsks(collector.db, { id: site.id, timezone: "Europe/Rome" }, asks, `signing-${loads++}`);
}

async function night(daysAhead = 0): Promise<void> {
	await collector.db.prepare("UPDATE site SET evaluate_at = CASE id WHEN ?1 THEN 0 ELSE 9e15 END").bind(site.id).run();
	await collector.nightly(Date.now() + daysAhead * DAY_MS);
}

const read = async (path: string) => (await collector.owner(path, {}, site)).json();
const send = (method: string, path: string, body: object) =>
	collector.owner(path, { method, body: JSON.stringify(body) }, site).then(({ status }) => status);
const beginToSign = async () => expect(await send("POST", "/v1/signing-secrets", {})).toBe(201);
const nps = async (query: string) => (await read(`/v1/scores?survey=nps&${query}`)).scores[0];
const card = async () => {
	const owner = await logInTo(collector, site);
	const html = await (await owner.get("/app/?window=30d")).text();
	return html.split('<section class="card survey"').find((part) => part.startsWith(' id="nps"')) ?? "";
};

describe("the baseline of a site that begins to sign", () => {
	test("is of all answers, and so is not compared with the signed ones, in the API, on the overview and in its plots", async () => {
		await answers(60, 9, [100, 40], null);
		await answers(60, 3, [100, 40], null);
		await night();
		await beginToSign();
		await answers(40, 10, [20, 1], true);
		const { value, verified, baseline } = await nps("window=30d");
		expect([value, verified]).toEqual([100, "only"]);
		expect(baseline).toMatchObject({
			value: 0,
			responses: 120,
			verified: "all",
			change: null,
			z: null,
			verdict: null,
			not_compared: "counts_all",
		});
		const html = await card();
		expect(html).toContain("It counts all answers, this window the signed ones, so the two are not compared.");
		expect(html).toContain('<a href="/app/settings/surveys/nps/baselines">Set a new baseline</a>');
		expect(html).not.toMatch(/against its baseline|, baseline /);
		const all = (await nps("window=2020-01-01..2020-01-31&verified=all")).baseline;
		expect(all).toMatchObject({ not_compared: null, verdict: "too_few" });
	});

	test("is compared again once the owner sets one of signed answers, and then not with all of them", async () => {
		await answers(120, 3, [100, 40], null);
		await night();
		await beginToSign();
		await answers(40, 10, [38, 31], true);
		await answers(40, 10, [20, 1], true);
		await answers(40, 0, [20, 1], false);
		const owner = await logInTo(collector, site);
		const table = async () => (await owner.get("/app/settings/surveys/nps/baselines")).text();
		expect(await table()).toContain("<td>all answers</td>");
		const days = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
		expect(await send("POST", "/v1/surveys/nps/baselines", { window: `${days(39)}..${days(30)}` })).toBe(201);
		expect(await table()).toContain("<td>signed answers</td>");
		const window = `window=${days(21)}..${days(0)}`;
		expect((await nps(window)).baseline).toMatchObject({
			verified: "only",
			responses: 40,
			change: 0,
			verdict: "no_detectable_change",
			not_compared: null,
		});
		expect((await nps(`${window}&verified=all`)).baseline).toMatchObject({ change: null, not_compared: "counts_signed" });
	});

	test("that was provisional gives way to one of signed answers by itself", async () => {
		await answers(120, 3, [60, 30], null);
		await night();
		await beginToSign();
		await answers(110, 10, [20, 1], true);
		await night(1);
		expect((await read("/v1/surveys/nps/baselines")).baselines).toMatchObject([{ verified: "only", responses: 110, value: 100 }]);
	});

	test("of a release that did not keep what it counts is told by the answers of its days, where they tell it", async () => {
		const sql = statementsOf(await readFile(join(PATHS.migrations, "0016_scopes.sql"), "utf8")).filter((each) =>
			each.startsWith("UPDATE"),
		);
		const relearned = async () => {
			await collector.db.prepare("UPDATE baseline SET verified = NULL WHERE site = ?1").bind(site.id).run();
			for (const statement of sql) await collector.db.prepare(statement).run();
			return (await read("/v1/surveys/nps/baselines")).baselines[0].verified;
		};
		await answers(120, 3, [60, 40], null);
		await night();
		expect(await relearned()).toBe("all");
		await beginToSign();
		await answers(10, 10, [50, 45], true);
		expect(await relearned()).toBeNull();
		await answers(40, 10, [20, 1], true);
		expect((await nps("window=30d")).baseline).toMatchObject({ verified: null, change: null, not_compared: "counts_unknown" });
		expect(await card()).toContain("Whether it counts all answers or the signed ones was not kept");
		await answers(100, 10, [60, 30], true);
		await night(1);
		expect(await relearned()).toBe("only");
	});
});

describe("the alerts of a site that begins to sign", () => {
	const alerts = async (state: string): Promise<EpisodeView[]> => (await read(`/v1/alerts?state=${state}`)).alerts;

	test("never hold signed answers against unsigned ones", async () => {
		await answers(200, 0, [111, 29], null);
		await beginToSign();
		await answers(60, 10, [27, 1], true);
		await answers(60, 0, [27, 1], false);
		await night();
		expect(await alerts("all")).toEqual([]);
	});

	test("that were open about all answers are over, of the whole and of its segments", async () => {
		await answers(200, 10, [111, 29], null);
		await answers(60, 0, [27, 1], null);
		await night();
		expect((await alerts("open")).map(({ segment, direction }) => [segment, direction])).toEqual(
			expect.arrayContaining([
				[null, "down"],
				["device:phone", "down"],
			]),
		);
		await beginToSign();
		await night(1);
		expect(await alerts("open")).toEqual([]);
	});
});

test("before its first signed order no page says that nobody was asked, and each says what counts", async () => {
	await answers(40, 9, [20, 1], false);
	const owner = await logInTo(collector, site);
	const shown = async (path: string) => (await owner.get(path)).text();
	expect(await shown("/app/settings/signing")).toContain(
		"scores count signed orders alone: until your server signs, there is none",
	);
	expect(await shown("/app/")).not.toContain("Signed orders alone");
	await beginToSign();
	for (const room of ["", "report", "drivers", "segments", "silence"]) {
		const html = await shown(`/app/${room}`);
		expect([room, html.includes("Signed orders alone count here."), html.includes("Nobody was asked")]).toEqual([
			room,
			true,
			false,
		]);
	}
	expect(await shown("/app/")).toContain("No signed order was asked about in these 30 days.");
	expect(await shown("/app/silence")).toContain("No signed order was asked about in these days.");
	expect((await shown("/app/answers?verified=no")).match(/class="answer/g)?.length ?? 0).toBeGreaterThan(0);
});
