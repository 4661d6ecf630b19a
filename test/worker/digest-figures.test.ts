import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { CaseSummary } from "../../shared/case-contract.ts";
import { type DigestEventData, digestEventData } from "../../shared/digest-contract.ts";
import type { Drivers, Silence } from "../../shared/insight-contract.ts";
import type { SurveyScore } from "../../shared/score-contract.ts";
import { AT, type DigestDesk, noon, openDigests, WEEK } from "../harness/digest-desk.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { logInTo } from "../harness/owner-session.ts";

const HOUR_MS = 60 * 60 * 1000;

let desk: DigestDesk;
beforeAll(async () => {
	desk = await openDigests();
});
beforeEach(() => desk.begin());
afterEach(() => desk.end());
afterAll(() => desk.stop());

const api = async <Reply>(path: string): Promise<Reply> => (await desk.collector.owner(path, {}, desk.site)).json();

const text = (html: string) =>
	html
		.replace(/<[^>]+>/g, "")
		.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[String(name)] ?? "'");
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, inside = ""]) => text(inside));

test("a digest has the API's figures, the overview's words and the report's comments of the same days", async () => {
	const drivers = [{ id: "price", labels: { en: "Price & <more>" } }, { id: "delivery" }, { id: "payment" }];
	for (const slug of ["nps", "csat", "ces"])
		await desk.collector.owner(
			`/v1/surveys/${slug}`,
			{ method: "PATCH", body: JSON.stringify({ goal: slug === "ces" ? 4 : 30, drivers }) },
			desk.site,
		);
	const asks = [...madeUpAsks(9_000, 60, 17, AT)].map((ask, i) => ({
		...ask,
		comment: ask.comment === null ? null : `Said ${i}.`,
		// One survey alone asks by e-mail: there the values of a segment are told apart only where they must be.
		segments: { ...ask.segments, ...(ask.segments["channel"] === "email" && ask.survey !== "nps" ? { channel: "page" } : {}) },
	}));
	await desk.load(asks);
	await desk.collector.db.prepare("DELETE FROM case_due").run(); // What was loaded is no news.
	const { responses } = await api<{ responses: { id: string }[] }>("/v1/responses?limit=2");
	for (const { id } of responses) {
		await desk.collector.owner("/v1/cases", { method: "POST", body: JSON.stringify({ response: id }) }, desk.site);
		await desk.collector.db
			.prepare("UPDATE case_file SET opened_at = ?2, contacted_at = ?2 + 7200000, due_on = ?3 WHERE id = ?1")
			.bind(id, noon(WEEK.from), WEEK.to)
			.run();
	}
	const { secret } = await desk.endpoint({ comments: true });
	await desk.night();
	const [data] = (await desk.told(secret)) as [DigestEventData];
	expect(digestEventData.parse(data)).toEqual(data);
	expect(data.period).toEqual({ kind: "week", ...WEEK, timezone: "Europe/Rome" });

	const window = `window=${WEEK.from}..${WEEK.to}`;
	const [{ scores }, weighed, { silence }, summary] = await Promise.all([
		api<{ scores: SurveyScore[] }>(`/v1/scores?${window}`),
		api<{ drivers: Drivers[] }>(`/v1/drivers?${window}`),
		api<{ silence: Silence[] }>(`/v1/silence?${window}`),
		api<CaseSummary>(`/v1/cases/summary?${window}`),
	]);
	expect(data.surveys.map(({ survey }) => survey).sort()).toEqual(["ces", "csat", "nps"]);
	for (const found of data.surveys) {
		const of = <Each extends { survey: string }>(each: readonly Each[]) => each.find(({ survey }) => survey === found.survey);
		const [score, driven, quiet] = [of(scores), of(weighed.drivers), of(silence)];
		expect(found.responses).toBeGreaterThan(30);
		expect(found).toMatchObject({
			value: score?.value,
			interval: score?.interval,
			tier: score?.tier,
			responses: score?.responses,
			change: score?.previous.change,
			verdict: score?.previous.verdict,
			before: { value: score?.previous.value, responses: score?.previous.responses },
			goal: { target: score?.goal?.target, verdict: score?.goal?.verdict },
			baseline: score?.baseline && { value: score.baseline.value, change: score.baseline.change },
			mean: score?.mean,
			response_rate: { value: quiet?.response_rate.now.value, interval: quiet?.response_rate.now.interval },
			emailed: quiet?.channels.find(({ base }) => base === "opened")?.funnel.answered ?? 0,
		});
		expect(found.agree).toEqual(score?.agree);
		expect(found.drivers.map(({ id, impact }) => [id, impact])).toEqual(
			driven?.drivers.filter(({ rank }) => rank !== null).map(({ id, impact }) => [id, impact]),
		);
		const [silent] = quiet?.silent_segments ?? [];
		expect(found.silent_segment).toEqual(
			silent
				? {
						key: silent.key,
						name: silent.name,
						response_rate: silent.response_rate.value,
						rest: silent.rest.value,
						bounds: silent.bounds,
					}
				: null,
		);
	}
	expect(data.surveys.map(({ survey, emailed }) => [survey, emailed > 0]).sort()).toEqual([
		["ces", false],
		["csat", false],
		["nps", true],
	]);
	expect(data.surveys.flatMap((each) => each.drivers).length).toBeGreaterThan(0);
	expect(data.surveys.flatMap((each) => each.silent_segment ?? []).length).toBeGreaterThan(0);
	expect(data.cases).toMatchObject({ opened: 2, contacted: 2, unresolved: 2, overdue: 2, time_to_contact_ms: 2 * HOUR_MS });
	expect(summary).toMatchObject(data.cases);

	const owner = await logInTo(desk.collector, desk.site);
	const overview = await (await owner.get(`/app/?from=${WEEK.from}&to=${WEEK.to}`)).text();
	expect(data.url).toBe(`${desk.collector.url}/app/?from=${WEEK.from}&to=${WEEK.to}`);
	const short = overview.slice(overview.indexOf('class="card takeaways"'), overview.indexOf("</dl>"));
	expect([data.headline]).toEqual(all(short, /<p class="shop">(.*?)<\/p>/g));
	expect(data.surveys.map(({ sentence }) => sentence)).toEqual(all(short, /<dd>(.*?)<\/dd>/g));
	expect(data.surveys.map(({ name }) => name)).toEqual(all(short, /<dt>(.*?)<\/dt>/g));

	const report = await (await owner.get(`/app/report?from=${WEEK.from}&to=${WEEK.to}`)).text();
	expect(data.comments).toHaveLength(3);
	expect(data.comments.map(({ comment }) => comment)).toEqual(all(report, /<blockquote[^>]*>(.*?)<\/blockquote>/g));
	expect(data.comments.map(({ mood }) => mood)).toEqual(["low", "middle", "high"]);
	expect(data.comment_ids).toEqual(data.comments.map(({ id }) => id));
});
