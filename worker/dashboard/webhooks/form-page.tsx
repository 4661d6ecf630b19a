import type { Context } from "hono";
import type { SurveysReply } from "../../../shared/survey-contract.ts";
import type { Fault } from "../../api-error.ts";
import { destinationOf } from "../../deliver/destinations.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Faults } from "../field.tsx";
import { settingsPage } from "../settings/frame.tsx";
import { asControls, controlOf } from "./draft.ts";
import { KINDS } from "./kinds.ts";
import { WORDS } from "./words.ts";

interface Shown {
	readonly kind: string;
	readonly title: string;
	readonly form: URLSearchParams;
	readonly faults: readonly Fault[];
	/** What the button says. */
	readonly does: string;
	readonly back: string;
	/** The last characters of the secret there is; undefined where the endpoint is new. */
	readonly hint?: string | null;
}

/**
 * The form of an endpoint, by its kind: what it needs, what is told there, and what leaves the site. Credentials are never written into it, not
 * even those that were typed a moment ago.
 */
export async function formPage(c: Context<AppEnv>, { kind, title, form, faults: found, does, back, hint }: Shown) {
	const { surveys } = await c.get("api").get<SurveysReply>("/v1/surveys");
	const faults = asControls(found);
	const fields = KINDS[kind]?.fields ?? [];
	const secret = new Set(fields.filter(({ part }) => part === "credentials").map(controlOf));
	const make = controls(new URLSearchParams([...form].filter(([name]) => !secret.has(name))), faults);
	const takes = destinationOf(kind)?.takes ?? [];
	return settingsPage(c, {
		part: "/app/webhooks",
		title,
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				<Faults faults={faults} />
				<form method="post" class="form">
					<CsrfField token={c.get("visitor").csrf} />
					<section class="card">
						{make.text("name", WORDS.name, {
							hint: WORDS.nameHint,
							attributes: { required: true, maxlength: 80, autocomplete: "off", dir: "auto" },
						})}
						{fields.map((field) => {
							const again = field.part === "credentials" && hint !== undefined;
							const label = again ? WORDS.replace(field.label, hint) : field.label;
							const attributes = { required: !again, spellcheck: "false", dir: "ltr", autocomplete: "off" };
							if (field.type === "lines") return make.area(controlOf(field), label, { hint: field.hint, attributes });
							return make.text(controlOf(field), label, { hint: field.hint, attributes: { ...attributes, type: field.type } });
						})}
					</section>
					<section class="card">
						{make.checks(
							"events",
							WORDS.events,
							takes.map((event) => [event, WORDS.eventNames[event]] as const),
						)}
						{takes.includes("digest")
							? make.select("filter-digest", WORDS.digest, Object.entries(WORDS.digests), { hint: WORDS.digestHint })
							: null}
						<p class="hint">{WORDS.leaves}</p>
						{make.check("comments", WORDS.comments)}
						<p class="notice">{WORDS.commentsWarning}</p>
					</section>
					<details class="card" open={["surveys", "groups", "segments"].some((part) => isNarrowed(form, part, faults))}>
						<summary>{WORDS.only}</summary>
						<p class="hint">{WORDS.onlyHint}</p>
						{make.checks(
							"filter-surveys",
							WORDS.surveys,
							surveys.map(({ slug }) => [slug, slug] as const),
						)}
						{make.checks("filter-groups", WORDS.groups, Object.entries(WORDS.groupNames))}
						{make.area("filter-segments", WORDS.segments, {
							hint: WORDS.segmentsHint,
							attributes: { rows: 3, spellcheck: "false", dir: "ltr" },
						})}
					</details>
					<p class="row">
						<button type="submit">{does}</button>
						<a href={back}>{WORDS.back}</a>
					</p>
				</form>
			</>
		),
	});
}

/** Whether a part of the filter is filled in, or wrong: then it stands open. */
function isNarrowed(form: URLSearchParams, part: string, faults: readonly Fault[]): boolean {
	return Boolean(form.get(`filter-${part}`)) || faults.some(({ field }) => field.startsWith(`filter-${part}`));
}
