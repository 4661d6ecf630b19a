import fc from "fast-check";
import { expect } from "vitest";
import { type PlainRequest, plainRequest } from "./plain-request.ts";

/** The same requests in every run; another seed makes others. */
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_122);
const AT_ONCE = 25;

/** What came of a made-up request. */
export interface Outcome<Input = unknown> extends PlainRequest {
	readonly input: Input;
	readonly status: number;
	readonly type: string;
	readonly reply: string;
	/** The tables in which it wrote before it was answered, but for notes: of its key or session, of a score, of what another deletes at the same moment. */
	readonly written: readonly string[];
}

const NOTES = ["", "audit", "api_key", "session", "shared_score", "tombstone"];
let sent = 0;

/** Sends so many made-up requests to a test's Worker, some at a time, and gives what came of each; `hear` is told of each at once. */
export async function sendAll<Input>(
	url: string,
	inputs: fc.Arbitrary<Input>,
	count: number,
	requestOf: (input: Input) => PlainRequest,
	hear: (outcome: Outcome<Input>) => void = () => {},
): Promise<Outcome<Input>[]> {
	const outcomes: Outcome<Input>[] = [];
	const sendOne = async (input: Input) => {
		const request = requestOf(input);
		// Each from somewhere else: none is refused only for coming after the others.
		const from = `198.18.${(sent >> 8) & 255}.${sent++ & 255}`;
		const { status, body, header } = await plainRequest(url, {
			...request,
			headers: { "cf-connecting-ip": from, ...request.headers },
		});
		const written = header("x-tables-written").split(",");
		const outcome = {
			...request,
			...{ input, status, type: header("content-type"), reply: body },
			written: written.filter((table) => !NOTES.includes(table)),
		};
		outcomes.push(outcome);
		hear(outcome);
	};
	const made = fc.sample(inputs, { numRuns: count, seed: SEED });
	for (let i = 0; i < made.length; i += AT_ONCE) await Promise.all(made.slice(i, i + AT_ONCE).map(sendOne));
	return outcomes;
}

/** No request may have come to this; a failure shows the first of those that have, and the seed that made them. */
export function expectNone(those: readonly Outcome[]): void {
	const first = those.slice(0, 3).map(({ input: _, ...rest }) => rest);
	expect(first, `${those.length} requests; FUZZ_SEED=${SEED} makes them again`).toEqual([]);
}

export const refused = ({ status }: Outcome): boolean => status >= 400;

/** Whether it wrote, and should not have. */
export const wrongly = (outcome: Outcome): boolean =>
	(refused(outcome) || outcome.method === "GET") && outcome.written.length > 0;
