import type { Problem } from "../shared/problem-contract.ts";

/** A collector's refusal. */
export class Refused extends Error {
	readonly status: number;
	/** Seconds after which to come again, as it says. */
	readonly again: number;

	constructor(status: number, text: string, again: number) {
		super(text);
		this.status = status;
		this.again = again;
	}

	/** Whether the same may succeed later, or with less at a time. */
	get passes(): boolean {
		return this.status >= 500 || [408, 413, 429].includes(this.status);
	}
}

/** The API of one collector, with one key. */
export type Api = (method: "GET" | "POST", path: string, body?: string | object) => Promise<unknown>;

/** Speaks to the collector at an address. A body of text is lines of JSON. */
export function apiAt(url: URL, key: string): Api {
	return async (method, path, body) => {
		const lines = typeof body === "string";
		const response = await fetch(new URL(path, url), {
			method,
			headers: {
				authorization: `Bearer ${key}`,
				...(body === undefined ? {} : { "content-type": lines ? "application/x-ndjson" : "application/json" }),
			},
			...(body === undefined ? {} : { body: lines ? body : JSON.stringify(body) }),
		});
		const text = await response.text();
		if (response.ok) return JSON.parse(text);
		throw new Refused(response.status, whatIsWrong(response.status, text), Number(response.headers.get("retry-after") ?? 0));
	};
}

function whatIsWrong(status: number, text: string): string {
	try {
		const { title, detail, errors }: Problem = JSON.parse(text);
		const faults = errors?.map((fault) => `${fault.field} ${fault.detail}`).join("; ");
		return `${title}: ${faults ?? detail ?? status}`;
	} catch {
		return `The collector answered ${status}`;
	}
}
