import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATHS } from "../../local/paths.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { CHEAP, GOOD, type KeptAsk, layPreviousRelease, OLD, PAST, POOR, SILENT, shownAt } from "../harness/previous-release.ts";

const MIGRATIONS = (await readdir(PATHS.migrations)).filter((file) => file.endsWith(".sql")).sort();

let collector: TestCollector;

/** What the widget of the release before sends: every field it knew, in its order. */
const sentBefore = (changes: object) => ({
	v: 1,
	site: OLD.publicKey,
	survey: "nps",
	version: 1,
	id: randomUUID(),
	rev: 1,
	status: "answered",
	score: 8,
	drivers: ["price"],
	comment: "",
	transaction: "1005",
	channel: "page",
	segments: { plan: "silver" },
	locale: "en",
	device: "desktop",
	page: "https://shop.example/orders/*",
	age_ms: 1_200,
	...changes,
});

async function score(window = "30d"): Promise<{ responses: number; value: number; funnel: object }> {
	const response = await collector.owner(`/v1/scores?survey=nps&window=${window}`, {}, OLD);
	expect(response.status).toBe(200);
	return (await response.json()).scores[0];
}

describe.each([
	["the first two migrations", 2],
	["all but the two newest migrations", MIGRATIONS.length - 2],
])("after a release that had %s", (_, migrations) => {
	let state: string;
	beforeAll(async () => {
		state = await mkdtemp(join(tmpdir(), "afterword-upgrade-"));
		await layPreviousRelease(state, MIGRATIONS.slice(0, migrations));
		collector = await startCollector({ state });
	});
	afterAll(async () => {
		await collector.stop();
		await rm(state, { recursive: true });
	});

	test("the score of the release before is the score of this one", async () => {
		expect(await score()).toMatchObject({
			responses: 3,
			value: expect.closeTo(100 / 3, 6),
			funnel: { shown: 4, answered: 3, dismissed: 0, ignored: 1, commented: 1 },
		});
		expect(await collector.drift()).toEqual([]);
	});

	test("its answers show as they did, and count as they did once what is long past is packed", async () => {
		const { responses } = await (await collector.owner("/v1/responses?survey=nps", {}, OLD)).json();
		expect(responses.sort((a: KeptAsk, b: KeptAsk) => Number(a.score) - Number(b.score))).toMatchObject(
			[POOR, PAST, CHEAP, GOOD].map(({ score, drivers, comment, transaction, shownAt: at = shownAt }) => ({
				...{ score, drivers, comment, transaction, version: 1, verified: false, delay: "1h", erased: false },
				...{ segments: { plan: "gold", channel: "page", locale: "en", device: "phone" }, shown_at: new Date(at).toISOString() },
			})),
		);
		const before = await score("365d");
		expect(before).toMatchObject({ responses: 4, value: 25, funnel: { shown: 5, answered: 4, ignored: 1, commented: 2 } });
		await collector.nightly(Date.now());
		const packed = await collector.db.prepare("SELECT day FROM packed_until WHERE site = ?1").bind(OLD.id).first();
		expect(packed).toEqual({ day: expect.any(String) });
		expect(await score("365d")).toEqual(before);
		expect(await collector.drift()).toEqual([]);
	});

	test("its site goes on as it was: no setting that came later changes how it asks", async () => {
		const site = await (await collector.owner("/v1/site", {}, OLD)).json();
		expect(site).toMatchObject({ name: "Conca", public_key: OLD.publicKey, token_mode: "off", ingest: "direct" });
		const { surveys } = await (await collector.owner("/v1/surveys", {}, OLD)).json();
		expect(surveys).toHaveLength(3);
		for (const survey of surveys)
			expect(survey).toMatchObject({
				active: true,
				display: "numbers",
				placement: "inline",
				sampling: 100,
				follow_up: {},
				ask_after_any_days: null,
			});
		expect((await collector.fetch(`/w/${OLD.publicKey}.js`)).status).toBe(200);
	});

	test("an ask of the release before is edited by the browser that knows its id", async () => {
		const edit = sentBefore({ id: POOR.id, rev: 2, score: 9, transaction: "1002", age_ms: Date.now() - shownAt });
		expect((await collector.send(edit)).status).toBe(201);
		expect(await score()).toMatchObject({ responses: 3, value: 100 });
		expect(await collector.drift()).toEqual([]);
	});

	test("a revision that it had taken is the same one now", async () => {
		const again = sentBefore({ id: CHEAP.id, rev: 1, score: 9, transaction: "1001", age_ms: Date.now() - shownAt });
		expect(await (await collector.send(again)).json()).toMatchObject({ status: "duplicate" });
		expect(await score()).toMatchObject({ responses: 3 });
	});

	test("the widget of the release before, still open in a tab, shows, answers and edits", async () => {
		const late = sentBefore({ id: SILENT.id, score: 0, transaction: "1004", age_ms: Date.now() - shownAt });
		expect((await collector.send(late)).status).toBe(201);
		const id = randomUUID();
		const { score: _, drivers: __, comment: ___, ...shown } = sentBefore({ id, rev: 0, status: "shown" });
		for (const revision of [
			shown,
			sentBefore({ id }),
			sentBefore({ id, rev: 2, drivers: ["price", "delivery"], comment: "Good." }),
		]) {
			const response = await collector.send(revision);
			expect([response.status, await response.json()]).toEqual([201, { status: "stored" }]);
		}
		expect(await score()).toMatchObject({ responses: 5, value: 40, funnel: { shown: 5, answered: 5, commented: 2 } });
		expect(await collector.drift()).toEqual([]);
	});
});
