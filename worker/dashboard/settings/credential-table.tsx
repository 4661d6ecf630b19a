import type { Child } from "hono/jsx";
import { type Column, Table } from "../table.tsx";
import { WORDS } from "./words.ts";

/** A key, a secret or an app as it can be seen after it was made. */
export interface Credential {
	/** What it is called. */
	readonly name: string;
	/** The last characters of what is secret of it. */
	readonly hint: string;
	/** What else is said of it. */
	readonly more?: readonly Child[];
	/** When it was made, as it is read. */
	readonly made: string;
	/** The page that asks before it is ended. */
	readonly end: string;
}

interface Props {
	readonly label: string;
	/** What the columns are called: the name, the hint, what more is said, and when it was made. */
	readonly head: readonly Column[];
	readonly credentials: readonly Credential[];
}

/** What opens or signs something, a line each, with the way to its end. */
export function CredentialTable({ label, head, credentials }: Props) {
	return (
		<Table label={label} head={[...head, null]}>
			{credentials.map(({ name, hint, more = [], made, end }) => (
				<tr>
					<th scope="row">
						<bdi>{name}</bdi>
					</th>
					<td>
						<code class="number">…{hint}</code>
					</td>
					{more.map((one) => (
						<td>{one}</td>
					))}
					<td class="date">{made}</td>
					<td>
						<a href={end}>
							{WORDS.end}
							<bdi class="unseen"> {name}</bdi>
						</a>
					</td>
				</tr>
			))}
		</Table>
	);
}
