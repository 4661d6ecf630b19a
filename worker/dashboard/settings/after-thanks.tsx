import { EVERYONE, type FollowUpGroup, followUpGroups } from "../../../shared/follow-up-rules.ts";
import { LINK_CHARS } from "../../../shared/limits.ts";
import { LOCALES } from "../../../shared/locales/index.ts";
import { METRICS, type MetricName } from "../../../shared/metrics.ts";
import type { Part } from "./survey-form.tsx";
import { afterThanksWords } from "./survey-words.ts";

const SAY = afterThanksWords;

/** What is offered after the thanks, to everyone and to each group of the score, and what that means. */
export function AfterThanks({ survey: { metric, wording }, locale, make }: Part) {
	const ours = LOCALES[locale];
	const own = wording[locale];
	const kinds = (["none", "link", "callback"] as const).map((kind) => [kind, SAY.kinds[kind]] as const);
	const usual = (group: FollowUpGroup) =>
		group === EVERYONE || group === METRICS[metric].bands[0].name ? (own?.review ?? ours.review) : (own?.contact ?? ours.contact);
	return (
		<section class="card">
			<h2>{SAY.title}</h2>
			<p class="hint" id="f-follow_up">
				{SAY.hint}
			</p>
			<p class="notice">{SAY.gating}</p>
			{followUpGroups(metric).map((group) => (
				<fieldset class="offer">
					<legend>{nameOf(metric, group)}</legend>
					{make.select(`after-${group}-kind`, SAY.kind, kinds)}
					<div class="pair">
						{make.text(`after-${group}-url`, SAY.url, {
							attributes: { inputmode: "url", maxlength: LINK_CHARS, dir: "ltr", spellcheck: "false", placeholder: "https://" },
						})}
						{make.text(`after-${group}-label`, SAY.label, {
							attributes: { lang: locale, dir: ours.direction, maxlength: 60, placeholder: usual(group) },
						})}
					</div>
				</fieldset>
			))}
			<p class="hint">{SAY.callHint}</p>
		</section>
	);
}

function nameOf(metric: MetricName, group: FollowUpGroup): string {
	const band = METRICS[metric].bands.find(({ name }) => name === group);
	return band ? SAY.groupOf(SAY.groups[group], band.from, band.to) : SAY.groups[group];
}
