import { USUAL_DIGEST } from "../../../shared/digest-period.ts";
import type { WebhookView } from "../../../shared/webhook-contract.ts";
import type { Fault } from "../../api-error.ts";
import type { KindField } from "./kinds.ts";

/** The name of a kind's field in the form. */
export const controlOf = ({ part, name }: KindField) => `${part}-${name}`;

/** What is wrong, by the names that the form has for the API's. */
export function asControls(faults: readonly Fault[]): Fault[] {
	return faults.map(({ field, detail }) => ({ field: field.replace(/^(settings|credentials|filter)\./, "$1-"), detail }));
}

/** What the form of an endpoint shows; credentials are never among it. */
export function formOf(webhook: WebhookView, fields: readonly KindField[]): URLSearchParams {
	const form = new URLSearchParams({ name: webhook.name, comments: webhook.comments ? "on" : "off" });
	for (const field of fields) {
		const value = field.part === "settings" ? webhook.settings[field.name] : undefined;
		form.set(controlOf(field), Array.isArray(value) ? value.join("\n") : String(value ?? ""));
	}
	for (const event of webhook.events) form.append("events", event);
	for (const survey of webhook.filter.surveys ?? []) form.append("filter-surveys", survey);
	for (const group of webhook.filter.groups ?? []) form.append("filter-groups", group);
	form.set("filter-digest", webhook.filter.digest ?? USUAL_DIGEST);
	form.set("filter-segments", (webhook.filter.segments ?? []).join("\n"));
	return form;
}

/** What a form says of an endpoint, as the API takes it. Credentials that were left empty are not among it. */
export function bodyOf(form: URLSearchParams, fields: readonly KindField[]) {
	const digest = form.get("filter-digest");
	const segments = linesOf(form.get("filter-segments"));
	const credentials = partOf(form, fields, "credentials");
	return {
		name: form.get("name") ?? "",
		settings: partOf(form, fields, "settings"),
		...(Object.values(credentials).some((value) => value !== "") ? { credentials } : {}),
		events: form.getAll("events"),
		filter: {
			...listOf("surveys", form.getAll("filter-surveys")),
			...listOf("groups", form.getAll("filter-groups")),
			...listOf("segments", segments),
			// Which digests is asked of everybody, and means something where they are told.
			...(form.getAll("events").includes("digest") && digest ? { digest } : {}),
		},
		comments: form.getAll("comments").at(-1) === "on",
	};
}

function partOf(form: URLSearchParams, fields: readonly KindField[], part: KindField["part"]): Record<string, unknown> {
	return Object.fromEntries(
		fields
			.filter((field) => field.part === part)
			.map((field) => {
				const text = form.get(controlOf(field));
				return [field.name, field.type === "lines" ? linesOf(text) : (text ?? "").trim()];
			}),
	);
}

function linesOf(text: string | null): string[] {
	return (text ?? "")
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "");
}

const listOf = (name: string, values: readonly string[]) => (values.length > 0 ? { [name]: values } : {});
