import { PROBLEM_CODES, type ProblemCode } from "../shared/problem.ts";

/** One thing wrong with a request. `detail` says what would be right and never repeats the input. */
export interface Fault {
	readonly field: string;
	readonly detail: string;
}

interface Extra {
	readonly detail?: string;
	readonly faults?: readonly Fault[];
	readonly headers?: Readonly<Record<string, string>>;
}

/** A request that fails in a known way. `onError` turns it into problem details. */
export class ApiError extends Error {
	readonly code: ProblemCode;
	readonly detail: string | undefined;
	readonly faults: readonly Fault[];
	readonly headers: Readonly<Record<string, string>>;

	constructor(code: ProblemCode, { detail, faults = [], headers = {} }: Extra = {}) {
		super(detail ?? PROBLEM_CODES[code].title);
		this.name = "ApiError";
		this.code = code;
		this.detail = detail;
		this.faults = faults;
		this.headers = headers;
	}

	/** A request with one wrong field. */
	static invalid(field: string, detail: string): ApiError {
		return new ApiError("invalid_request", { faults: [{ field, detail }] });
	}

	/** Something that will work again soon: the caller is told to come back in half a minute to two. */
	static unavailable(detail?: string): ApiError {
		const seconds = 30 + Math.floor(Math.random() * 90);
		return new ApiError("unavailable", { ...(detail ? { detail } : {}), headers: { "Retry-After": String(seconds) } });
	}

	/** Something that this caller cannot see, or that is not there: the answer is the same. */
	static notFound(field: string, detail: string): ApiError {
		return new ApiError("not_found", { faults: [{ field, detail }] });
	}
}
