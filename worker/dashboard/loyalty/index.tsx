import { Hono } from "hono";
import type { LoyaltyReply } from "../../../shared/loyalty-contract.ts";
import { round } from "../../../shared/round.ts";
import type { AppEnv } from "../../env.ts";
import { page } from "../page.tsx";
import { type Reader, readerOf } from "../reader.ts";
import { Table } from "../table.tsx";
import { emptyWords, WORDS } from "./words.ts";

type Survey = LoyaltyReply["surveys"][number];
type SeenAgain = Pick<Survey, "customers" | "returned" | "share" | "tier">;

/** The room of loyalty: who comes back. */
export const loyalty = new Hono<AppEnv>().get("/app/loyalty", async (c) => {
	const reply = await c.get("api").get<LoyaltyReply>("/v1/loyalty");
	const reader = readerOf(c, c.get("site").timezone);
	const { computed_on: on, cohort, surveys } = reply;
	return page(c, {
		title: WORDS.title,
		room: "/app/loyalty",
		body: (
			<>
				<p>{WORDS.lead(reply.within_days)}</p>
				{on && cohort && surveys.length > 0 ? (
					<p class="quiet">{WORDS.counted(reader.day(on), reader.day(cohort.from), reader.day(cohort.to))}</p>
				) : null}
				{on && !reply.complete ? <p class="notice">{WORDS.going}</p> : null}
				{surveys.length === 0 ? (
					<div class="empty">
						<p>{emptyWords(reply, reader.day)}</p>
						{reply.first_on === null && on !== null ? (
							<p>
								{WORDS.noneHint} <a href="/app/settings/signing">{WORDS.toSigning}</a>
							</p>
						) : null}
					</div>
				) : (
					surveys.map((survey) => <SurveyTable survey={survey} reader={reader} />)
				)}
				<h2>{WORDS.how}</h2>
				<ul>
					{WORDS.notes.map((note) => (
						<li>{note}</li>
					))}
				</ul>
			</>
		),
	});
});

function SurveyTable({ survey, reader }: { survey: Survey; reader: Reader }) {
	const caption = WORDS.tableOf(survey.survey);
	return (
		<section class="card" aria-label={caption}>
			<Table
				label={`${caption}, table`}
				caption={caption}
				kind="loyalty"
				head={[WORDS.group, { figure: WORDS.customers }, { figure: WORDS.returned }, { figure: WORDS.share }, WORDS.interval]}
			>
				{survey.groups.map((group) => (
					<Row name={WORDS.groups[group.group] ?? group.group} seen={group} reader={reader} />
				))}
				<Row name={WORDS.everybody} seen={survey} reader={reader} />
			</Table>
		</section>
	);
}

/** One group. What is too few to say is not said, in any of its columns. */
function Row({ name, seen: { customers, returned, share, tier }, reader }: { name: string; seen: SeenAgain; reader: Reader }) {
	const percent = (value: number) => reader.percent(round(value) / 100);
	if (tier === "hidden" || share.value === null || share.interval === null)
		return (
			<tr>
				<th scope="row">{name}</th>
				<td class="number">{reader.number(customers)}</td>
				<td colspan={3} class="quiet">
					{WORDS.tooFew}
				</td>
			</tr>
		);
	const { low, high } = share.interval;
	return (
		<tr>
			<th scope="row">{name}</th>
			<td class="number">{reader.number(customers)}</td>
			<td class="number">{reader.number(returned)}</td>
			<td class="number">
				{percent(share.value)} {tier === "early" ? <span class="tag warn">{WORDS.early}</span> : null}
			</td>
			<td>
				<Bar value={share.value} low={low} high={high} />
				<span class="number">{WORDS.intervalOf(percent(low), percent(high))}</span>
			</td>
		</tr>
	);
}

/** The interval on a line from 0 to 100 %, with its point; the numbers beside it say the same. */
function Bar({ value, low, high }: { value: number; low: number; high: number }) {
	return (
		<svg class="span" viewBox="0 0 104 12" aria-hidden="true">
			<line class="rail" x1="2" x2="102" y1="6" y2="6" />
			<line class="range" x1={2 + low} x2={2 + high} y1="6" y2="6" />
			<circle class="point" cx={2 + value} cy="6" r="3.5" />
		</svg>
	);
}
