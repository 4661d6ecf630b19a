import type { CaseState } from "../../../shared/case-contract.ts";
import { WORDS } from "./words.ts";

const TONES = { open: "tag warn", contacted: "tag", resolved: "tag good" } as const satisfies Record<CaseState, string>;

/** How far a case has come, in the same tone wherever it is said. */
export function StateTag({ state }: { readonly state: CaseState }) {
	return <span class={TONES[state]}>{WORDS.states[state]}</span>;
}
