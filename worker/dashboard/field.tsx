import type { Child, PropsWithChildren } from "hono/jsx";
import type { Fault } from "../api-error.ts";

/** What every form of a session carries. */
export function CsrfField({ token }: { token: string }) {
	return <input type="hidden" name="csrf" value={token} />;
}

/**
 * The button that sends a form, named by its id, and says of which session it is. For forms that can also be sent by GET, as to the preview: by any other
 * button they go without the token, which must stand in no address.
 */
export function CsrfButton({ form, token, children }: PropsWithChildren<{ form: string; token: string }>) {
	return (
		<button type="submit" form={form} name="csrf" value={token}>
			{children}
		</button>
	);
}

interface FieldProps {
	readonly name: string;
	readonly label: string;
	/** Said below the label. */
	readonly hint?: Child;
	/** What is wrong with what was sent; the one of this field's name is shown. */
	readonly faults?: readonly Fault[];
}

/** A labelled control. What is wrong with it stands beside it and is tied to it; give the control `controlProps(name, faults)`. */
export function Field({ name, label, hint, faults = [], children }: PropsWithChildren<FieldProps>) {
	const fault = faultOf(name, faults);
	return (
		<div class={fault ? "field wrong" : "field"}>
			<label for={idOf(name)}>{label}</label>
			{hint ? (
				<p class="hint" id={`${idOf(name)}-hint`}>
					{hint}
				</p>
			) : null}
			{children}
			{fault ? (
				<p class="fault" id={`${idOf(name)}-fault`}>
					{sentence(fault.detail)}
				</p>
			) : null}
		</div>
	);
}

/** What ties a control to its `Field`. `hinted`: the field has a hint. */
export function controlProps(name: string, faults: readonly Fault[] = [], hinted = false) {
	const wrong = faultOf(name, faults) !== undefined;
	const described = [...(hinted ? [`${idOf(name)}-hint`] : []), ...(wrong ? [`${idOf(name)}-fault`] : [])].join(" ");
	return {
		id: idOf(name),
		name,
		...(wrong ? { "aria-invalid": "true" as const } : {}),
		...(described ? { "aria-describedby": described } : {}),
	};
}

/** What is wrong with a form as a whole, first on the page, each part leading to its field. */
export function Faults({ faults }: { faults: readonly Fault[] }) {
	if (faults.length === 0) return null;
	return (
		<div class="notice bad" role="alert">
			<p>{faults.length === 1 ? "One thing is not right yet:" : `${faults.length} things are not right yet:`}</p>
			<ul>
				{faults.map(({ field, detail }) => (
					<li>
						<a href={`#${idOf(field)}`}>{field}</a> {detail}
					</li>
				))}
			</ul>
		</div>
	);
}

/** What has been done, after a form was sent. */
export function Done({ children }: PropsWithChildren) {
	return (
		<p class="notice good" role="status">
			{children}
		</p>
	);
}

/** What is wrong with the field of this name, if anything. */
export const faultOf = (name: string, faults: readonly Fault[]) =>
	faults.find(({ field }) => field === name || field.startsWith(`${name}.`));
/** The id under which a field stands on the page. */
export const idOf = (name: string) => `f-${name.split(".")[0]?.replace(/[^\w-]/g, "-")}`;
/** What is wrong, as a sentence. */
export const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
