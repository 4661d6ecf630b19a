import type { Child } from "hono/jsx";
import type { Health } from "../../../shared/operator-contract.ts";
import type { Reader } from "../reader.ts";

/** What a part of the page needs: what was found, and how to write it. */
export interface Part {
	readonly found: Health;
	readonly reader: Reader;
}

/** A part of the page under its heading. */
export function Card({ title, children }: { title: string; children?: Child }) {
	return (
		<section class="card">
			<h2>{title}</h2>
			{children}
		</section>
	);
}
