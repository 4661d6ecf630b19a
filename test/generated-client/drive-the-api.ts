// Stands beside the client that generated-client.test.ts makes from /openapi.json, and is checked and compiled with it there.
import { type Answer, Api, type ApiConfig, type Case, type Problem, type Receipt, type SurveyScore } from "./client.ts";

/** What the program has seen, for the test to look at. */
export interface Seen {
	readonly publicKey: string;
	readonly receipts: readonly Receipt["status"][];
	readonly score: SurveyScore | undefined;
	readonly pages: readonly (readonly Answer[])[];
	readonly read: string;
	readonly resolved: Case;
	readonly unresolved: number;
	readonly lines: readonly string[];
	readonly table: string;
	readonly survey: string;
	readonly refused: Problem | undefined;
	readonly keys: readonly string[];
	readonly erased: number;
	readonly left: number;
}

const ORIGIN = "https://shop.example";

/**
 * Makes a site, has five shoppers answer, and goes the way of whoever connects another system: scores, answers page by page, a case from
 * opening to resolving, settings, exports, erasure and deletion.
 */
export async function driveTheApi(address: string, operatorKey: string): Promise<Seen> {
	const clientOf = (key: string) => {
		const securityWorker: ApiConfig["securityWorker"] = () => ({ headers: { authorization: `Bearer ${key}` } });
		return new Api({ baseUrl: address, securityWorker }).v1;
	};
	const operator = clientOf(operatorKey);
	const made = (await operator.createSite({ name: "Generated", origins: [ORIGIN], timezone: "Europe/Rome", locale: "it" })).data;
	const owner = clientOf(made.secret_key);
	const publicKey = made.site.public_key;

	const receipts: Receipt["status"][] = [];
	for (const [i, score] of [10, 9, 9, 7, 2].entries()) {
		const ask = {
			v: 1 as const,
			site: publicKey,
			survey: "nps",
			version: 1,
			id: crypto.randomUUID(),
			rev: 1,
			status: "answered" as const,
			score,
			transaction: `order-${i}`,
			customer: `customer-${i}`,
			comment: "Said.",
			age_ms: i,
		};
		receipts.push((await operator.createResponse(ask, { headers: { origin: ORIGIN }, secure: false })).data.status);
	}

	const { scores } = (await owner.getScores({ survey: "nps", window: "7d" })).data;

	const pages: Answer[][] = [];
	let cursor: string | null = null;
	do {
		const page = await listPage(owner, cursor);
		pages.push(page.responses);
		cursor = page.next;
	} while (cursor !== null);
	const low = pages.flat().find(({ score }) => score < 7);
	if (!low) throw new Error("Nobody gave a low score");
	const read = (await owner.getResponse(low.id)).data.question.text;

	const { state } = (await owner.createCase({ response: low.id })).data;
	if (state !== "open") throw new Error(`A new case is ${state}`);
	await owner.createCaseNote(low.id, { text: "Called; a new parcel is on its way." });
	await owner.updateCase(low.id, { state: "contacted", assignee: "Ann" });
	const resolved = (await owner.updateCase(low.id, { state: "resolved" })).data;
	const { unresolved } = (await owner.getCasesSummary()).data;

	const lines = (await owner.getResponsesNdjson({ survey: "nps" }, { format: "text" })).data.trim().split("\n");
	const table = (await owner.getResponsesCsv({}, { format: "text" })).data;

	const { slug } = (await owner.createSurvey({ slug: "after-delivery", metric: "ces", drivers: [{ id: "delivery" }] })).data;
	const survey = (await owner.updateSurvey(slug, { goal: 5.5, wording: { it: { question: "È stato facile?" } } })).data;
	const refused = await problemOf(owner.createSurvey({ slug, metric: "nps" }));

	const { key } = (await owner.createKey({ name: "Reader", scopes: ["scores:read"] })).data;
	const keys = (await owner.listKeys()).data.keys.map(({ name }) => name);
	await owner.deleteKey(key.id);

	const { erased } = (await owner.eraseCustomer("customer-0")).data;
	await owner.deleteResponse(low.id);
	const left = (await owner.listResponses()).data.responses.length;
	return {
		publicKey,
		receipts,
		score: scores[0],
		pages,
		read,
		resolved,
		unresolved,
		lines,
		table,
		survey: `${survey.slug} ${survey.goal}`,
		refused,
		keys,
		erased,
		left,
	};
}

async function listPage(owner: Api<unknown>["v1"], cursor: string | null) {
	return (await owner.listResponses({ survey: "nps", limit: 2, ...(cursor === null ? {} : { cursor }) })).data;
}

/** What a call is refused with; undefined where it is not. */
async function problemOf(call: Promise<unknown>): Promise<Problem | undefined> {
	try {
		await call;
		return undefined;
	} catch (thrown) {
		if (isRefusal(thrown)) return thrown.error;
		throw thrown;
	}
}

function isRefusal(thrown: unknown): thrown is { readonly error: Problem } {
	return thrown instanceof Response && "error" in thrown;
}
