import { Table } from "../table.tsx";
import { Card, type Part } from "./part.tsx";
import { words } from "./words.ts";

/** Days whose counts differed from their answers. */
export function Mended({ found: { mended }, reader }: Part) {
	return (
		<Card title={words.mended}>
			<p class="hint">{words.mendedHint}</p>
			{mended.length === 0 ? (
				<p class="quiet">{words.noneMended}</p>
			) : (
				<Table label={words.mended} head={[words.site, words.day, words.found, { figure: words.rows }, { figure: words.asks }]}>
					{mended.map(({ site, name, day, found_at, rows, asks }) => (
						<tr>
							<th scope="row">
								<bdi>{name ?? site}</bdi>
							</th>
							<td class="date">{reader.day(day)}</td>
							<td class="date">{reader.moment(Date.parse(found_at))}</td>
							<td class="number">{reader.number(rows)}</td>
							<td class="number">{reader.number(asks)}</td>
						</tr>
					))}
				</Table>
			)}
		</Card>
	);
}

/** Sites that sign their orders, and how many answers come unsigned. */
export function Signing({ found: { signing }, reader }: Part) {
	return (
		<Card title={words.signing}>
			<p class="hint">{words.signingHint}</p>
			{signing.sites.length === 0 ? (
				<p class="quiet">{words.noneSigns}</p>
			) : (
				<Table
					label={words.signing}
					head={[words.site, { figure: words.answers }, { figure: words.unsigned }, { figure: words.share }]}
				>
					{signing.sites.map(({ site, name, answers, unverified, share }) => (
						<tr>
							<th scope="row">
								<bdi>{name ?? site}</bdi>
							</th>
							<td class="number">{reader.number(answers)}</td>
							<td class="number">{reader.number(unverified)}</td>
							<td class="number">{share === null ? words.noShare : reader.percent(share)}</td>
						</tr>
					))}
				</Table>
			)}
			{signing.next === null ? null : (
				<p>
					<a class="button second" href={`/app/health?after=${encodeURIComponent(signing.next)}`}>
						{words.further}
					</a>
				</p>
			)}
		</Card>
	);
}
