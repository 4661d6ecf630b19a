import { parseArgs } from "node:util";
import { callApi } from "../local/call-api.ts";
import { reappliedReply } from "../shared/response-contract.ts";

const TRIES = 5;
const PAUSE_MS = 3_000;

/**
 * `AFTERWORD_OPERATOR_KEY=… npm run reapply-erasures -- --address https://feedback.example`: after the database was restored to an
 * earlier time, erases again who was erased since, and takes out again what was deleted. Doing it twice does no harm.
 */
async function start(): Promise<void> {
	const { address } = parseArgs({ options: { address: { type: "string" } } }).values;
	const key = process.env["AFTERWORD_OPERATOR_KEY"];
	if (!address || !URL.canParse(address)) throw new Error("Say where the Worker is: --address https://feedback.example");
	if (!key) throw new Error("Say the operator's key: AFTERWORD_OPERATOR_KEY=… npm run reapply-erasures -- --address …");
	const total = { tombstones: 0, erased: 0, deleted: 0 };
	let cursor: string | null = null;
	do {
		const step: Step = await take(new URL(address), key, cursor);
		for (const name of ["tombstones", "erased", "deleted"] as const) total[name] += step[name];
		cursor = step.next;
	} while (cursor !== null);
	console.log(`Read ${total.tombstones} erasures and deletions. Erased again: ${total.erased}. Deleted again: ${total.deleted}.`);
}

type Step = ReturnType<typeof reappliedReply.parse>;

/** Takes one step; tries again where the Worker cannot take it now. */
async function take(url: URL, key: string, cursor: string | null): Promise<Step> {
	for (let tries = 1; ; tries++) {
		try {
			return reappliedReply.parse(await callApi(url, "POST", "/v1/reapply-erasures", key, cursor === null ? {} : { cursor }));
		} catch (error) {
			if (tries === TRIES || /"status":4/.test(String(error))) throw error;
			await new Promise((later) => setTimeout(later, PAUSE_MS));
		}
	}
}

try {
	await start();
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : error}`);
	process.exit(1);
}
