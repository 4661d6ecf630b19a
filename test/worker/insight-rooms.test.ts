import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { type InsightRooms, marksOf, openInsightRooms } from "../harness/insight-rooms.ts";
import { logInTo } from "../harness/owner-session.ts";

const ZONE = "Europe/Rome";
const now = Date.now();
const today = dayOf(now, ZONE);

let rooms: InsightRooms;
beforeAll(async () => {
	rooms = await openInsightRooms();
});
afterAll(() => rooms.stop());

test("values that differ from the rest are named, those that do not are not, and those too early are not ranked", async () => {
	const site = await rooms.collector.makeSite();
	const segments = { plan: ["high", "low", "alike", "early", "hidden"] };
	await rooms.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments }) }, site);
	const answers = (plan: string, count: number, scoreOf: (i: number) => number) =>
		Array.from({ length: count }, (_, i) => ({
			survey: "nps",
			status: "answered" as const,
			score: scoreOf(i),
			drivers: [],
			comment: null,
			segments: { channel: "page", device: "phone", plan },
			transaction: null,
			shownAt: now - 3_600_000,
			answeredAfterMs: 1_000,
			page: null,
		}));
	await loadAsks(rooms.collector.db, { id: site.id, timezone: ZONE }, [
		...answers("low", 100, (i) => (i % 5 === 0 ? 9 : 3)),
		...answers("early", 20, () => 10),
		...answers("hidden", 4, () => 10),
		...answers("alike", 100, (i) => [10, 8, 10, 8, 3][i % 5] ?? 8),
		...answers("high", 100, (i) => (i % 5 === 0 ? 7 : 10)),
	]);
	const owner = await logInTo(rooms.collector, site);
	const { html } = await rooms.opened("/app/segments?key=plan", owner);
	expect(marksOf(html).map(({ text }) => text.replace(/ [+−]\d+ to [+−]\d+/, ""))).toEqual([
		"high +80 · 100 answers likely higher than the rest",
		"alike +20 · 100 answers",
		"low −60 · 100 answers likely lower than the rest",
		"early +100 · 20 answers early",
		"hidden too few shown from 5 answers on · 4 answers",
	]);
	const opensOn = (page: string) => /href="[^"]*\?key=(\w+)[^"]*" aria-current="true"/.exec(page)?.[1];
	expect(opensOn((await rooms.opened("/app/segments", owner)).html)).toBe("channel");
	expect(opensOn((await rooms.opened("/app/segments?window=90d")).html)).toBe("device");
});

test("a goal off the scale cannot fail or already fails", async () => {
	const goal = (value: number) =>
		rooms.collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ goal: value }) });
	await goal(-100);
	expect((await rooms.opened("/app/silence?survey=nps&window=90d")).html).toContain("The goal of −100 cannot fail");
	await goal(100);
	expect((await rooms.opened("/app/silence?survey=nps&window=90d")).html).toContain("The goal of +100 already fails");
	await goal(-20);
});

describe("an address", () => {
	test.each(["drivers", "segments", "silence"])("of %s keeps its survey and its days from room to room", async (room) => {
		const { html } = await rooms.opened(`/app/${room}?survey=csat&window=7d`);
		expect(html).toMatch(/<a href="[^"]*survey=csat[^"]*" aria-current="true"><bdi>CSAT/);
		expect(html).toMatch(/<a href="[^"]*survey=nps&amp;window=7d"/);
		expect(html).toMatch(/<a href="[^"]*survey=csat&amp;window=90d"/);
		expect(html).toContain('<input type="hidden" name="survey" value="csat"/>');
	});

	test.each([
		["/app/drivers?survey=none", 404, "must be one of ces, csat, nps"],
		["/app/segments?survey=none", 404, "must be one of ces, csat, nps"],
		["/app/silence?survey=none", 404, "must be one of ces, csat, nps"],
		["/app/segments?key=shoe", 404, "must name one of channel, locale, device, delay"],
		["/app/segments?key=driver", 404, "must name one of channel, locale, device, delay"],
		["/app/drivers?survey=%3Cb%3E", 400, "must be a survey&#39;s name: "],
	])("%s is refused with what would be right", async (path, expected, detail) => {
		const { status, html } = await rooms.opened(path);
		expect(status).toBe(expected);
		expect(html).toContain(`<p>What was asked for ${detail}`);
		expect(html).not.toContain("<b>");
	});

	test.each(["drivers", "segments", "silence"])("of %s with days that are no window shows the usual ones", async (room) => {
		const { status, html } = await rooms.opened(`/app/${room}?survey=nps&from=2026-02-30&to=2026-03-01`);
		expect(status).toBe(400);
		expect(html).toContain("Must be two days in their order");
		expect(html).toContain('class="card"');
	});
});

describe("with few answers", () => {
	test("nothing of a score below 5 answers can be read off any room", async () => {
		const site = await rooms.collector.makeSite();
		await rooms.collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ goal: 30 }) }, site);
		for (let i = 0; i < 4; i++)
			await rooms.collector.send(rooms.collector.ask({ site: site.publicKey, score: 3, drivers: ["price"] }));
		const session = await logInTo(rooms.collector, site);
		const pages = await Promise.all(
			["drivers", "segments?key=channel", "silence"].map((room) => rooms.opened(`/app/${room}`, session)),
		);
		for (const { status, html } of pages) {
			expect(status).toBe(200);
			expect(html.replace("promoters minus detractors, −100 to 100", "")).not.toMatch(/−100|etractor|class="dot|class="interval/);
			expect(html.toLowerCase()).toContain("too few");
		}
		const [, , silence] = pages;
		expect(silence?.html).toContain("Too few answers to weigh the goal against the silence: 4, and it takes 30.");
		await rooms.collector.send(rooms.collector.ask({ site: site.publicKey, score: 3, drivers: ["price"] }));
		expect((await rooms.opened("/app/segments?key=channel", session)).html).toMatch(/<strong>−100<\/strong>.*>early<\/span>/);
	});

	test("a site that has never asked is led to its set-up", async () => {
		const session = await logInTo(rooms.collector, await rooms.collector.makeSite());
		for (const room of ["drivers", "segments", "silence", "drivers?survey=nps"]) {
			const { status, html } = await rooms.opened(`/app/${room}`, session);
			expect([room, status]).toEqual([room, 200]);
			expect(html).toContain('<a class="button" href="/app/set-up">');
		}
	});

	test("days without answers and segments without values say what to do", async () => {
		const long = `window=${addDays(today, -700)}..${addDays(today, -600)}`;
		expect((await rooms.opened(`/app/drivers?survey=nps&${long}`)).html).toContain("Nobody gave a reason in these days.");
		expect((await rooms.opened(`/app/segments?survey=nps&${long}`)).html).toContain("Nobody answered in these days.");
		expect((await rooms.opened(`/app/silence?survey=nps&${long}`)).html).toContain("Nobody was asked in these days.");
		await rooms.collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ drivers: [] }) });
		const { html } = await rooms.opened(`/app/drivers?survey=ces&${long}`);
		expect(html).toContain('<a class="button" href="/app/settings/surveys/ces">');
		expect(html).toContain("This survey offers no reasons");
		expect((await rooms.opened("/app/segments?key=quiet&window=90d")).html).toContain(
			"No answer of these days has a value of this segment.",
		);
	});

	test("rooms open for a key that may read scores alone, and for no other", async () => {
		const keyOf = async (scope: string) => {
			const body = JSON.stringify({ name: scope, scopes: [scope] });
			const { secret_key } = await (await rooms.collector.owner("/v1/keys", { method: "POST", body })).json();
			return logInTo(rooms.collector, { ...rooms.collector.site, secretKey: secret_key });
		};
		const scores = await keyOf("scores:read");
		const answers = await keyOf("responses:read");
		for (const room of ["drivers", "segments", "silence"]) {
			expect([room, (await rooms.opened(`/app/${room}`, scores)).status]).toEqual([room, 200]);
			expect([room, (await rooms.opened(`/app/${room}`, answers)).status]).toEqual([room, 403]);
		}
	});
});
