import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseItem } from "../../shared/case-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";

let collector: TestCollector;
let session: OwnerSession;
beforeAll(async () => {
	collector = await startCollector();
	session = await logInTo(collector);
});
afterAll(() => collector.stop());

const newest = async (): Promise<string> => {
	const { responses } = await (await collector.owner("/v1/responses?limit=1")).json();
	return responses[0].id;
};
const open = async (changes: Parameters<TestCollector["ask"]>[0]): Promise<string> => {
	await collector.send(collector.ask(changes));
	const response = await newest();
	await session.post("/app/cases/open", { response });
	return response;
};
const bodyOf = async (path: string) => (await session.get(path)).text();

describe("opening a case from an answer", () => {
	test("leads to it, and to the one it has when asked again", async () => {
		await collector.send(collector.ask({ score: 9 }));
		const response = await newest();
		for (let i = 0; i < 2; i++) {
			const reply = await session.post("/app/cases/open", { response });
			expect([reply.status, reply.headers.get("location")]).toEqual([303, `/app/cases/${response}?done=opened`]);
		}
		expect(await bodyOf(`/app/cases/${response}?done=opened`)).toContain("The case is open.");
	});

	test("that is none is said, and so is a case that is none", async () => {
		expect((await session.post("/app/cases/open", { response: "x" })).status).toBe(404);
		expect((await session.post("/app/cases/open")).status).toBe(400);
		expect((await session.get("/app/cases/nothing")).status).toBe(404);
		expect((await session.post("/app/cases/nothing/notes", { text: "x" })).status).toBe(404);
	});
});

test("a claimed customer is marked and leads nowhere; a signed one who is no address is looked up by the order", async () => {
	const id = await open({ score: 1, customer: "ann@shop.example", transaction: "A-1" });
	const claimed = await bodyOf(`/app/cases/${id}`);
	expect(claimed).toContain("ann@shop.example");
	expect(claimed).toContain('<span class="tag warn">claimed</span>');
	expect(claimed).not.toContain("mailto:");
	expect(claimed).toContain("look up order");
	for (const customer of [
		"4711",
		"ann@shop.example?cc=evil@x.example",
		"a@b.example,c@d.example",
		"javascript:alert(1)@x.example",
	]) {
		await collector.db.prepare("UPDATE ask SET verified = 1, customer = ?2 WHERE id = ?1").bind(id, customer).run();
		const page = await bodyOf(`/app/cases/${id}`);
		expect([customer, page.includes("mailto:")]).toEqual([customer, false]);
	}
	await collector.db.prepare("UPDATE ask SET customer = 'ann+x&y@shop.example' WHERE id = ?1").bind(id).run();
	expect(await bodyOf(`/app/cases/${id}`)).toContain("mailto:ann%2Bx%26y@shop.example?subject=");
});

test("reasons go by the names that the shop gives them, else by ours, as text", async () => {
	const named = [{ id: "price", labels: { en: "Price & <more>" } }, { id: "delivery" }, { id: "own", labels: { de: "Eigener" } }];
	const set = (drivers: readonly object[]) =>
		collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ drivers, same_question: true }) });
	const { drivers: before } = await (await collector.owner("/v1/surveys/nps")).json();
	expect((await set(named)).status).toBe(200);
	const id = await open({ score: 1, drivers: ["price", "delivery", "own"] });
	const reasons = async () => /<dt>Reasons<\/dt><dd>(.*?)<\/dd>/.exec(await bodyOf(`/app/cases/${id}`))?.[1];
	expect(await reasons()).toBe("<bdi>Price &amp; &lt;more&gt;</bdi>, <bdi>Delivery options</bdi>, <bdi>Eigener</bdi>");
	await set(before);
	expect(await reasons()).toMatch(/<bdi>own<\/bdi>$/);
});

test("what a form gets wrong stands beside its field, with what was typed, and nothing is changed", async () => {
	const id = await open({ score: 1 });
	const wrong = await session.post(`/app/cases/${id}/details`, { assignee: "Bob <b>", due_on: "someday" });
	const text = await wrong.text();
	expect(wrong.status).toBe(400);
	expect(text).toContain("Bob &lt;b>".replace(">", "&gt;"));
	expect(text).toMatch(/id="f-due_on-fault"[^>]*>Must be a day/);
	expect(await (await collector.owner(`/v1/cases/${id}`)).json()).toMatchObject({ assignee: null });
	expect((await session.post(`/app/cases/${id}/notes`, { text: " " })).status).toBe(400);
	expect((await session.post(`/app/cases/${id}/step`, { state: "gone" })).status).toBe(400);
});

test("the figures above the list are the API's, and the list has its cases by age", async () => {
	const id = await open({ score: 0, comment: "<script>alert(1)</script>" });
	await session.post(`/app/cases/${id}/step`, { state: "contacted" });
	await session.post(`/app/cases/${id}/step`, { state: "resolved" });
	const summary = await (await collector.owner("/v1/cases/summary")).json();
	const { cases }: { cases: CaseItem[] } = await (await collector.owner("/v1/cases")).json();
	const page = await bodyOf("/app/cases");
	expect(page).toContain(`${summary.resolved} of ${summary.opened} opened in the last 90 days`);
	expect(page).toContain(`<dd>${summary.unresolved}</dd>`);
	const listed = [...page.matchAll(/href="\/app\/cases\/([0-9a-f]{32})"/g)].map(([, found]) => found);
	expect(listed).toEqual(cases.map((one) => one.id));
	expect(listed).not.toContain(id);
	const closed = await bodyOf("/app/cases?state=resolved");
	expect(closed).toContain("&lt;script&gt;");
	expect((await session.get("/app/cases?state=odd")).status).toBe(400);
});

test("who may only read sees no form, and none is taken", async () => {
	const id = await open({ score: 1 });
	const made = await collector.owner("/v1/keys", {
		method: "POST",
		body: JSON.stringify({ name: "Reader", scopes: ["responses:read", "scores:read"] }),
	});
	const { secret_key } = await made.json();
	const reader = await logInTo(collector, { ...collector.site, secretKey: secret_key });
	const page = await (await reader.get(`/app/cases/${id}`)).text();
	expect(page).toContain("No note yet.");
	expect(page).not.toContain(`/app/cases/${id}/`);
	const [, csrf = ""] = /name="csrf" value="(\w+)"/.exec(page) ?? [];
	expect((await reader.post(`/app/cases/${id}/step`, { csrf, state: "resolved" })).status).toBe(403);
	expect((await reader.post("/app/cases/open", { csrf, response: id })).status).toBe(403);
});

test("the page of loyalty says what the API says, and hides what is too few", async () => {
	expect(await bodyOf("/app/loyalty")).toContain("Nothing is counted yet");
	const counts = [
		{ survey: "nps", metric: "nps", score: 10, customers: 40, returned: 22 },
		{ survey: "nps", metric: "nps", score: 7, customers: 10, returned: 3 },
		{ survey: "nps", metric: "nps", score: 2, customers: 4, returned: 3 },
	];
	const report = { computedOn: "2026-11-22", complete: true, from: "2025-11-27", to: "2026-05-25", firstOn: null, counts };
	const keep = (report: object) =>
		collector.db
			.prepare("INSERT OR REPLACE INTO loyalty (site, shown_at, ask, report) VALUES (?1, 0, '', ?2)")
			.bind(collector.site.id, JSON.stringify(report))
			.run();
	await keep({ ...report, counts: [] });
	expect(await bodyOf("/app/loyalty")).toMatch(/no signed customer.*<a href="\/app\/settings\/signing">/);
	await keep(report);
	const page = (await bodyOf("/app/loyalty")).replace(/<svg.*?<\/svg>/g, "");
	const rowOf = (name: string) =>
		new RegExp(`${name}.*?</tr>`)
			.exec(page)?.[0]
			.replace(/<[^>]+>/g, "|")
			.replace(/\|+/g, "|") ?? "";
	expect(rowOf("Promoters")).toMatch(/\|40\|22\|55% \|40% to 69%\|/);
	expect(rowOf("Passives")).toMatch(/\|10\|3\|30% \|early\|11% to 60%\|/);
	expect(rowOf("Detractors")).toBe("Detractors (0–6)|4|too few customers|");
	expect(rowOf("Everybody")).toMatch(/\|54\|28\|52% /);
});

describe("who asked to be contacted", () => {
	/** The page of the case of somebody who left this. */
	const pageOf = async (contact: string) => {
		await collector.owner("/v1/surveys/nps", {
			method: "PATCH",
			body: JSON.stringify({ follow_up: { everyone: { kind: "callback" } } }),
		});
		await collector.send(collector.ask({ score: 10, transaction: "A-9", contact }));
		const id = await newest();
		return { id, page: await bodyOf(`/app/cases/${id}`) };
	};

	test.for([
		["ann@shop.example", "mailto:ann@shop.example?subject=Test%20shop%3A%20A-9"],
		["+39 (055) 123-456", "tel:+39055123456"],
		["055 123456", "tel:055123456"],
	] as const)("%s is shown as claimed, with a link", async ([contact, link]) => {
		const { page } = await pageOf(contact);
		expect(page).toContain(`<bdi>${contact}</bdi>`);
		expect(page).toContain('<span class="tag warn">claimed</span>');
		expect(page).toContain(`href="${link}"`);
	});

	test.for([
		"call me at 7",
		"ann@shop.example, bob@shop.example",
		"ann@shop.example?cc=evil@x.example",
		"javascript:alert(1)",
		"1234",
		"+1234567890123456",
		"055 123456;ext=9",
		"<b>055</b>",
	])("%s is plain text, for it is neither an address nor a number alone", async (contact) => {
		const { page } = await pageOf(contact);
		expect(page).toContain(`<bdi>${contact.replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</bdi>`);
		expect(page).not.toMatch(/<a\b[^>]* href="(?!\/|#)/);
	});

	test("is marked in the list, has a list of their own, and it is said why the case is there", async () => {
		const { id, page } = await pageOf("ann@shop.example");
		expect(page).toContain("by itself, for the customer asked to be contacted");
		for (const query of ["", "?callbacks=only"]) {
			const list = await bodyOf(`/app/cases${query}`);
			expect([query, list.includes(`/app/cases/${id}`), list.includes("asked to be contacted</span>")]).toEqual([
				query,
				true,
				true,
			]);
		}
		expect(await bodyOf("/app/cases?callbacks=only")).toContain('href="/app/cases?state=open&amp;callbacks=only"');
	});
});
