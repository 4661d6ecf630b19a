import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import type { Segments, Silence } from "../../shared/insight-contract.ts";
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
	await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ goal: 30 }) }, site);
});

interface Asked {
	readonly channel: string;
	readonly device?: string;
	/** Scores of the answers, and how many asks were dismissed and ignored. */
	readonly scores: readonly number[];
	readonly dismissed?: number;
	readonly ignored?: number;
	readonly daysAgo?: number;
	readonly answeredAfterMs?: number;
	readonly signed?: boolean;
}

async function asks({ channel, device = "phone", scores, dismissed = 0, ignored = 0, ...how }: Asked): Promise<void> {
	const { daysAgo = 3, answeredAfterMs = 2_000, signed } = how;
	const ask = (status: LoadedAsk["status"], score: number | null): LoadedAsk => ({
		survey: "nps",
		status,
		score,
		drivers: [],
		comment: null,
		segments: { channel, device },
		transaction: null,
		shownAt: Date.now() - daysAgo * DAY_MS,
		answeredAfterMs: score === null ? null : answeredAfterMs,
		page: null,
		...(signed === undefined ? {} : { verified: signed }),
	});
	const made = [
		...scores.map((score) => ask("answered", score)),
		...Array.from({ length: dismissed }, () => ask("dismissed", null)),
		...Array.from({ length: ignored }, () => ask("shown", null)),
	];
	await loadAsks(collector.db, { id: site.id, timezone: "Europe/Rome" }, made, `mailed-${loads++}`);
}

const some = (n: number, score: number) => Array.from({ length: n }, () => score);
/** An NPS of 70 from 40 answers. */
const SEVENTY = [...some(30, 10), ...some(8, 8), ...some(2, 3)];
const onThePage = (how: Partial<Asked> = {}) =>
	asks({ channel: "page", scores: SEVENTY, dismissed: 24, ignored: 96, device: "desktop", ...how });

const read = async (path: string) => (await collector.owner(path, {}, site)).json();
const silence = async (): Promise<Silence> => (await read("/v1/silence?survey=nps&window=30d")).silence[0];
const segments = async (key: string): Promise<Segments> =>
	(await read(`/v1/segments?survey=nps&window=30d&key=${key}`)).segments[0];
const page = async (path: string) => {
	const html = await (await (await logInTo(collector, site)).get(path)).text();
	return html.replace(/<[^>]*>/g, " ").replace(/[\s\u2068\u2069]+/g, " ");
};

describe("answers by e-mail", () => {
	test("are in no response rate but their own, nor in the tipping point and the trend", async () => {
		await onThePage();
		await onThePage({ daysAgo: 40 });
		const without = await silence();
		await asks({ channel: "email", scores: some(60, 0), device: "phone" });
		await asks({ channel: "email", scores: some(300, 0), device: "phone", daysAgo: 40 });
		const found = await silence();
		expect(found.funnel).toEqual({ shown: 160, answered: 40, dismissed: 24, ignored: 96, commented: 0 });
		expect(found.response_rate).toMatchObject({
			now: { value: 25 },
			before: { value: 25 },
			z: 0,
			verdict: "no_detectable_change",
		});
		expect(found.dismissal_rate.now.value).toBe(15);
		expect(found.tipping_point).toEqual({ goal: 30, outcome: "value", value: (30 - 0.25 * 70) / 0.75 });
		expect(found.silent_segments).toEqual([]);
		expect(
			found.channels.map(({ channel, base, funnel, response_rate }) => [channel, base, funnel.shown, response_rate.value]),
		).toEqual([
			["email", "opened", 60, 100],
			["page", "shown", 160, 25],
		]);
		for (const part of ["funnel", "response_rate", "dismissal_rate", "tipping_point", "comment_rate"] as const)
			expect(found[part]).toEqual(without[part]);
	});

	test("stand in words for what they are, on the overview, and in the rooms", async () => {
		await onThePage();
		await asks({ channel: "email", scores: some(60, 10) });
		const room = await page("/app/silence?survey=nps&window=30d");
		expect(room).toContain("100% of 60 who followed a score’s link");
		expect(room).toContain("25% of 160 shown");
		expect(room).toContain("would fail if those who did not answer came to less than +17");
		expect(room).toContain("E-mail is left out; only reasons are not counted by channel.");
		expect(await page("/app/?window=30d")).toMatch(/25% of 160 asked answered \(19% to 32%\) ?; e-mails left out/);
		expect(await page("/app/segments?survey=nps&key=channel&window=30d")).toContain("So it is in no response rate but its own.");
		const byDevice = await page("/app/segments?survey=nps&key=device&window=30d");
		expect(byDevice).toContain("No response rate: some were asked by e-mail");
	});

	test("alone leave nobody whose silence could be weighed, and still have their line", async () => {
		await asks({ channel: "email", scores: some(60, 10) });
		expect(await silence()).toMatchObject({
			funnel: { shown: 0, answered: 0 },
			response_rate: { now: { value: null }, verdict: "too_few" },
			tipping_point: null,
			silent_segments: [],
		});
		const room = await page("/app/silence?survey=nps&window=30d");
		expect(room).toContain("100% of 60 who followed a score’s link");
		expect(room).toContain("Too few answers to weigh the goal against the silence: 0");
	});

	test("of signed orders are left out where only signed answers count", async () => {
		await collector.owner("/v1/signing-secrets", { method: "POST", body: "{}" }, site);
		await onThePage({ signed: true });
		await onThePage({ signed: false });
		await asks({ channel: "email", scores: some(60, 10), signed: true });
		const found = await silence();
		expect(found.verified).toBe("only");
		expect(found.response_rate.now.value).toBe(25);
		expect(found.channels).toMatchObject([
			{ channel: "email", funnel: { shown: 60 } },
			{ channel: "page", funnel: { shown: 160 } },
		]);
	});
});

describe("a segment", () => {
	test("has no response rate where its asks by e-mail cannot be told from the others, and channels have theirs", async () => {
		await onThePage();
		expect((await segments("device")).values).toMatchObject([{ name: "desktop", shown: 160, response_rate: { value: 25 } }]);
		await asks({ channel: "email", scores: some(60, 10), device: "desktop" });
		const byDevice = await segments("device");
		expect(byDevice.everybody).toMatchObject({ responses: 100, shown: 160, response_rate: { value: 25 }, emailed: 60 });
		expect(byDevice.values).toMatchObject([{ name: "desktop", shown: 220, response_rate: { value: null, interval: null } }]);
		const byChannel = await segments("channel");
		expect(byChannel.everybody).toMatchObject({ shown: 160, response_rate: { value: 25 }, emailed: 60 });
		expect(byChannel.values.map(({ name, response_rate }) => [name, response_rate.value]).sort()).toEqual([
			["email", 100],
			["page", 25],
		]);
	});

	test("is named as more silent only where it is, whichever of e-mail's asks are its own", async () => {
		await asks({ channel: "page", device: "phone", scores: some(10, 9), ignored: 90 });
		await asks({ channel: "page", device: "desktop", scores: some(50, 9), ignored: 50 });
		const exactly = (await silence()).silent_segments;
		expect(exactly).toMatchObject([
			{ name: "phone", shown: 100, response_rate: { value: 10 }, rest: { value: 50 }, bounds: false },
		]);
		await asks({ channel: "email", device: "desktop", scores: some(8, 9), dismissed: 2 });
		expect((await silence()).silent_segments).toMatchObject([
			{ name: "phone", shown: 98, response_rate: { value: (100 * 10) / 98 }, rest: { value: (100 * 50) / 102 }, bounds: true },
		]);
		expect(await page("/app/silence?survey=nps&window=30d")).toContain(
			"at most 10% of 98 customers answered, at least 49% of the rest",
		);
		expect(await page("/app/?window=30d")).toContain("answer less often than the rest: at most 10% against at least 49%.");
		await asks({ channel: "email", device: "phone", scores: some(80, 9) });
		expect((await silence()).silent_segments).toEqual([]);
	});
});

test("late answers are held against early ones only where none of these came by e-mail", async () => {
	await asks({ channel: "page", scores: some(40, 10) });
	await asks({ channel: "page", scores: some(40, 5), answeredAfterMs: 5 * 60 * 60 * 1000 });
	expect((await silence()).delay).toMatchObject({ late_minus_early: { value: -200 }, verdict: "changed" });
	expect(await page("/app/silence?survey=nps&window=30d")).toContain("those within it: −200");
	await asks({ channel: "email", scores: [0] });
	expect((await silence()).delay).toMatchObject({ late_minus_early: null, verdict: "too_few" });
	expect(await page("/app/silence?survey=nps&window=30d")).toContain("Not compared: some answered by e-mail");
});
