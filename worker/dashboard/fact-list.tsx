import type { Child } from "hono/jsx";

/** What something is called, and what is said of it. */
export type Fact = readonly [name: Child, value: Child];

/** Facts, a line each. `card`: in a frame of their own. */
export function FactList({ facts, card = false }: { readonly facts: readonly Fact[]; readonly card?: boolean }) {
	return (
		<dl class={card ? "card facts" : "facts"}>
			{facts.map(([name, value]) => (
				<div>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
