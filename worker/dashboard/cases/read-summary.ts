import type { CaseSummary } from "../../../shared/case-contract.ts";
import { ApiError } from "../../api-error.ts";
import type { Api } from "../call-api.ts";

/** How far the follow-up of a site is, with what was opened in a window; null for a visitor whose key may not read answers. */
export async function readSummary(api: Api, window: string): Promise<CaseSummary | null> {
	try {
		return await api.get<CaseSummary>(`/v1/cases/summary?window=${window}`);
	} catch (error) {
		if (error instanceof ApiError && error.code === "forbidden") return null;
		throw error;
	}
}
