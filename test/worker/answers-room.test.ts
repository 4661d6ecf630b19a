import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResponsesReply, ResponseView } from "../../shared/response-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

const MINUTE_MS = 60_000;

let collector: TestCollector;
let owner: OwnerSession;
beforeAll(async () => {
	collector = await startCollector();
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["gold", "free"] } }) });
	const labels = { drivers: [{ id: "packing", labels: { en: "How it was packed", it: "L’imballaggio" } }, { id: "price" }] };
	await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify(labels) });
	for (let i = 0; i < 60; i++)
		await collector.send(
			collector.ask({
				survey: i % 2 ? "nps" : "csat",
				score: i % 2 ? 10 - (i % 10) : 1 + (i % 5),
				age_ms: (60 + i) * MINUTE_MS,
				segments: { plan: i % 3 ? "gold" : "free" },
				...(i % 5 ? {} : { locale: "it" as const }),
				...(i % 4 === 1 ? { comment: `Comment ${i}`, drivers: ["packing"] } : {}),
			}),
		);
	owner = await logInTo(collector);
});
afterAll(() => collector.stop());

const html = async (path: string, status = 200): Promise<string> => {
	const response = await owner.get(path);
	expect([path, response.status]).toEqual([path, status]);
	return response.text();
};
const api = async (query: string): Promise<ResponseView[]> => {
	const { responses }: ResponsesReply = await (await collector.owner(`/v1/responses?${query}`)).json();
	return responses;
};
/** The answers a page shows, by the addresses of their own pages, in its order. */
const shown = (page: string) => [...page.matchAll(/<a href="\/app\/answers\/([0-9a-f]{32})"><time/g)].map(([, id]) => id);
const ids = (answers: readonly ResponseView[]) => answers.map(({ id }) => id);
/** Sends an answer, signed where a customer is `signed`, and gives it as the API does. */
const given = async (ask: Parameters<TestCollector["ask"]>[0], signed = false): Promise<ResponseView> => {
	await collector.send(collector.ask({ age_ms: MINUTE_MS, ...ask }));
	const [newest] = await api(`limit=1&q=${encodeURIComponent(ask?.comment ?? "")}`);
	if (!newest) throw new Error("The answer is not there");
	if (signed) await collector.db.prepare("UPDATE ask SET verified = 1 WHERE id = ?1").bind(newest.id).run();
	return newest;
};

describe("the list", () => {
	test("is the API's, newest first, over its pages", async () => {
		const all = ids(await api("limit=200"));
		const seen: (string | undefined)[] = [];
		let next: string | undefined = "/app/answers";
		while (next) {
			const page: string = await html(next);
			seen.push(...shown(page));
			next = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
		}
		expect(seen).toEqual(all);
	});

	test.for([
		["survey=csat", "survey=csat"],
		["survey=nps&group=nps.promoters", "survey=nps&group=promoters"],
		["group=nps.detractors", "survey=nps&group=detractors"],
		["group=detractors", "survey=nps&group=detractors"],
		["survey=csat&group=rest", "survey=csat&group=rest"],
		["group=csat.rest", "survey=csat&group=rest"],
		["group=low", "group=low"],
		["commented=yes&driver=packing", "commented=yes&driver=packing"],
		["segment=plan%3Afree&survey=&q=&from=&to=&group=", "segment=plan:free"],
		["q=+COMMENT+", "q=comment"],
		["verified=no", "verified=no"],
		["locale=it", "locale=it"],
	])("with the filters %s shows what the API gives for %s", async ([filters, query]) => {
		const wanted = ids(await api(`${query}&limit=25`));
		expect(wanted.length).toBeGreaterThan(0);
		expect(shown(await html(`/app/answers?${filters}`))).toEqual(wanted);
	});

	test("says of each answer its group, its words, its reasons and segments by name", async () => {
		const page = await html("/app/answers?q=comment+5&survey=nps");
		for (const text of [">Passive<", ">nps<", ">Comment 5<", ">How it was packed<", "plan: gold"]) expect(page).toContain(text);
	});

	test("keeps the filters in the form, and each can be taken off", async () => {
		const page = await html("/app/answers?survey=nps&group=promoters&segment=plan:gold");
		for (const chosen of ['"nps"', '"nps.promoters"', '"plan:gold"'])
			expect(page).toMatch(new RegExp(`<option value=${chosen} selected=""`));
		expect(page).toContain('href="/app/answers?survey=nps&amp;group=promoters" aria-label="Without the filter plan: gold"');
		expect(page).toContain('href="/app/answers/export.csv?survey=nps&amp;group=promoters&amp;segment=plan%3Agold"');
	});

	test("shows what is wrong with a filter beside it", async () => {
		for (const [query, field] of [
			["from=yesterday", "from"],
			["survey=nps&group=ces.agree", "group"],
			["survey=none", "survey"],
			["segment=plan:none", "segment"],
		]) {
			const page = await html(`/app/answers?${query}`, 400);
			expect(page).toContain(`id="f-${field}-fault"`);
			expect(page).toContain("<details open");
			expect(page).not.toContain("<article");
		}
		await html("/app/answers?cursor=x", 400);
	});

	test("a group that several surveys have wants the survey", async () => {
		const site = await collector.makeSite();
		await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify({ slug: "second", metric: "ces" }) }, site);
		const { get } = await logInTo(collector, site);
		expect(await (await get("/app/answers?group=ces.rest")).text()).toContain('id="f-survey-fault"');
		expect((await get("/app/answers?group=ces.rest&survey=second")).status).toBe(200);
	});

	test("without answers says what to do next; with filters that nothing fits, how to be rid of them", async () => {
		const { get } = await logInTo(collector, await collector.makeSite());
		expect(await (await get("/app/answers")).text()).toContain('<a href="/app/settings">');
		expect(await html("/app/answers?q=nobody+said+this")).toContain("No answer fits these filters.");
	});

	test("says where a search stopped, and leads on from there", async () => {
		const site = await collector.makeSite();
		await collector.db
			.prepare(
				`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, comment, commented, segments, pairs, day, shown_at, updated_at)
				WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 10400)
				SELECT ?1, printf('%032x', n), 1, 'nps', 1, 'answered', '9', 9, '[]', iif(n = 3, 'Found.', NULL), n = 3, '{}', '[["",""]]', '2026-01-01',
					1767261600000 + n * 1000, 0 FROM i`,
			)
			.bind(site.id)
			.run();
		const { get } = await logInTo(collector, site);
		const first = await (await get("/app/answers?q=found")).text();
		expect(first).toContain("10,000 answers have been looked through, back to ");
		expect(shown(first)).toEqual([]);
		const further = /rel="next" href="([^"]+)">Look further back/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const second = await (await get(further)).text();
		expect(shown(second)).toEqual(["3".padStart(32, "0")]);
		expect(second).not.toContain("have been looked through");
	});
});

test("what is new is counted with the filters of the page, and without a reload nothing moves", async () => {
	const page = await html("/app/answers?survey=nps");
	const live = /data-live="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
	const news = async () => (await owner.get(live)).json();
	expect(await news()).toEqual({ text: "" });
	for (const survey of ["nps", "csat", "nps", "nps"]) await collector.send(collector.ask({ survey, score: 5 }));
	expect(await news()).toEqual({ text: "3 new answers" });
});

describe("a download", () => {
	test("is the API's file, of what is filtered", async () => {
		for (const [format, type] of [
			["csv", "text/csv; charset=utf-8"],
			["ndjson", "application/x-ndjson; charset=utf-8"],
		]) {
			const mine = await owner.get(`/app/answers/export.${format}?group=csat.satisfied&segment=plan:gold`);
			const theirs = await collector.owner(`/v1/responses.${format}?survey=csat&group=satisfied&segment=plan:gold`);
			expect([mine.headers.get("content-type"), mine.headers.get("content-disposition")]).toEqual([
				type,
				`attachment; filename="responses.${format}"`,
			]);
			expect(mine.headers.get("cache-control")).toBe("private, no-store");
			const text = await mine.text();
			expect(text).toBe(await theirs.text());
			expect(text.split("\n").length).toBeGreaterThan(5);
		}
		expect((await owner.get("/app/answers/export.csv?from=x")).status).toBe(400);
	});

	test("is neither offered nor given to a key that may not export, and so it is with what changes anything", async () => {
		const body = JSON.stringify({ name: "Reads", scopes: ["scores:read", "responses:read"] });
		const { secret_key } = await (await collector.owner("/v1/keys", { method: "POST", body })).json();
		const { get, post } = await logInTo(collector, { ...collector.site, secretKey: secret_key });
		const page = await (await get("/app/answers")).text();
		expect(page).not.toContain("export.csv");
		expect((await get("/app/answers/export.csv")).status).toBe(403);
		const [id] = shown(page);
		const one = await (await get(`/app/answers/${id}`)).text();
		expect(one).not.toMatch(/\/delete"|\/erase"|cases\/open/);
		expect((await post(`/app/answers/${id}/delete`)).status).toBe(403);
		expect((await post("/app/customers/ann/erase")).status).toBe(403);
	});
});

describe("one answer", () => {
	test("says everything, and offers a case, to delete and to erase", async () => {
		const answer = await given({
			comment: "One of a kind.",
			transaction: "T-77",
			customer: "bo",
			page: "https://shop.example/thanks",
		});
		const page = await html(`/app/answers/${answer.id}`);
		for (const text of [
			"One of a kind.",
			"T-77",
			"https://shop.example/thanks",
			"Within an hour",
			"How likely are you",
			answer.id,
		])
			expect(page).toContain(text);
		expect(page).toMatch(/action="\/app\/cases\/open">(?:(?!<\/form>).)*name="answer" value="[0-9a-f]{32}"/);
		expect(page).toContain(`href="/app/answers/${answer.id}/delete"`);
		expect(page).toContain(`href="/app/answers/${answer.id}/erase"`);
	});

	test("of another site is not there, nor can it be taken out", async () => {
		const stranger = await logInTo(collector, await collector.makeSite());
		const answer = await given({ comment: "Not theirs." });
		for (const path of ["", "/delete", "/erase"])
			expect((await stranger.get(`/app/answers/${answer.id}${path}`)).status).toBe(404);
		expect((await stranger.post(`/app/answers/${answer.id}/delete`)).status).toBe(404);
		expect((await stranger.post(`/app/answers/${answer.id}/erase`, { name: "x" })).status).toBe(404);
		expect(await (await stranger.get("/app/answers?q=theirs")).text()).not.toContain("Not theirs.");
		expect(await html(`/app/answers/${answer.id}`)).toContain("Not theirs.");
	});

	test("is deleted after it was asked, and leaves the numbers", async () => {
		const before = await collector.score("nps");
		const answer = await given({ comment: "Spam.", score: 0 });
		expect((await collector.score("nps")).responses).toBe(before.responses + 1);
		expect(await html(`/app/answers/${answer.id}/delete`)).toContain("leaves the numbers, exactly");
		const reply = await owner.post(`/app/answers/${answer.id}/delete`);
		expect([reply.status, reply.headers.get("location")]).toEqual([303, "/app/answers?done=deleted"]);
		expect(await html("/app/answers?done=deleted")).toContain("out of the numbers");
		expect(await collector.score("nps")).toEqual(before);
		await html(`/app/answers/${answer.id}`, 404);
		expect(await collector.drift()).toEqual([]);
	});

	test("of a customer is erased by name: the words go everywhere, the numbers stay", async () => {
		const answer = await given({ comment: "I am Cleo.", score: 2, customer: "cleo", transaction: "C-1" });
		await given({ comment: "Cleo again.", score: 3, customer: "cleo", transaction: "C-2" });
		const before = await collector.score("nps");
		expect(await html(`/app/answers/${answer.id}/erase`)).toContain("The numbers do not change");
		expect((await owner.post(`/app/answers/${answer.id}/erase`, { name: "somebody else" })).status).toBe(409);
		expect(await html(`/app/answers/${answer.id}`)).toContain("I am Cleo.");
		const reply = await owner.post(`/app/answers/${answer.id}/erase`, { name: "cleo" });
		expect([reply.status, reply.headers.get("location")]).toEqual([303, `/app/answers/${answer.id}?done=erased&n=2`]);
		const page = await html(`/app/answers/${answer.id}?done=erased&n=2`);
		expect(page).toContain("2 answers are nameless now.");
		expect(page).not.toMatch(/Cleo|cleo|C-1/);
		expect(await collector.score("nps")).toEqual(before);
	});

	test("with an order and no customer offers to erase the order; with neither, says so", async () => {
		const ordered = await given({ comment: "Only an order.", transaction: "O-9" });
		const page = await html(`/app/answers/${ordered.id}/erase`);
		expect(page).toContain("Erase an order?");
		expect(page).toContain('name="name" value="O-9"');
		const nameless = await given({ comment: "Nobody at all." });
		expect(await html(`/app/answers/${nameless.id}`)).not.toContain("/erase");
		expect(await html(`/app/answers/${nameless.id}/erase`)).toContain("there is nothing to erase by");
	});
});

describe("a customer", () => {
	test("who is signed has a history with the scores over time, and can be erased", async () => {
		const name = "zoë/ä&b@shop.example";
		for (const [i, score] of [3, 8].entries())
			await given({ comment: `Zoë ${i}`, score, customer: name, transaction: `Z-${i}`, age_ms: (40 - i) * MINUTE_MS }, true);
		const address = `/app/customers/${encodeURIComponent(name)}`;
		expect(await html("/app/answers?q=zoë")).toContain(`href="${address}"`);
		const page = await html(address);
		const scores = /<ol aria-label="nps">(.*?)<\/ol>/.exec(page)?.[1] ?? "";
		expect([...scores.matchAll(/>(\d+)<\/a>/g)].map(([, score]) => score)).toEqual(["3", "8"]);
		expect(shown(page)).toHaveLength(2);
		expect(await html(`${address}/erase`)).toContain("zoë/ä&amp;b@shop.example");
		const reply = await owner.post(`${address}/erase`);
		expect([reply.status, reply.headers.get("location")]).toEqual([303, "/app/answers?done=erased&n=2"]);
		await html(address, 404);
	});

	test("who is only claimed stands beside the answer, and leads nowhere", async () => {
		const answer = await given({ comment: "Claimed by anyone.", customer: "mallory" });
		for (const page of [await html("/app/answers?q=claimed"), await html(`/app/answers/${answer.id}`)]) {
			expect(page).toContain("<bdi>mallory</bdi> (claimed)");
			expect(page).not.toContain("/app/customers/");
		}
		const page = `/app/answers/${answer.id}`;
		expect(await html(page)).toContain("The page said so and nobody signed it");
		await collector.db
			.prepare("UPDATE ask SET segments = json_set(segments, '$.channel', 'import') WHERE id = ?1")
			.bind(answer.id)
			.run();
		expect(await html(page)).toContain("The file that was imported said so and nobody signed it.");
		expect(await html("/app/customers/mallory", 404)).toContain("<p>No signed answer names this customer.</p>");
	});
});
