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
	/** What is wrong with what was sent; all that this field's name has are shown. */
	readonly faults?: readonly Fault[];
}

/** What the control is called at which a fault stands, as soon as that is drawn. */
const labels = new WeakMap<Fault, string>();

/** A labelled control. What is wrong with it stands beside it and is tied to it; give the control `controlProps(name, faults)`. */
export function Field({ name, label, hint, faults = [], children }: PropsWithChildren<FieldProps>) {
	return (
		<div class={isWrong(name, faults) ? "field wrong" : "field"}>
			<label for={idOf(name)}>{label}</label>
			{hint ? (
				<p class="hint" id={`${idOf(name)}-hint`}>
					{hint}
				</p>
			) : null}
			{children}
			<FaultsOf name={name} label={label} faults={faults} />
		</div>
	);
}

/** Everything that is wrong with the control or controls of a name, beside them. */
export function FaultsOf({ name, label, faults }: { name: string; label: string; faults: readonly Fault[] }) {
	const own = faults.filter((fault) => standsAt(name, fault));
	if (own.length === 0) return null;
	for (const fault of own) labels.set(fault, label);
	return (
		<p class="fault" id={`${idOf(name)}-fault`}>
			{own.map(({ detail }, i) => (
				<>
					{i > 0 ? <br /> : null}
					{sentence(detail)}
				</>
			))}
		</p>
	);
}

/** What ties a control to its `Field`. `hinted`: the field has a hint. */
export function controlProps(name: string, faults: readonly Fault[] = [], hinted = false) {
	const wrong = isWrong(name, faults);
	const described = [...(hinted ? [`${idOf(name)}-hint`] : []), ...(wrong ? [`${idOf(name)}-fault`] : [])].join(" ");
	return {
		id: idOf(name),
		name,
		...(wrong ? { "aria-invalid": "true" as const } : {}),
		...(described ? { "aria-describedby": described } : {}),
	};
}

/**
 * What is wrong with a form as a whole, first on the page, each part leading to its field and calling it by its label: so it is drawn once the
 * rest of the page is. What stands at no field of the page is said without a name.
 */
export async function Faults({ faults }: { faults: readonly Fault[] }) {
	if (faults.length === 0) return null;
	await null;
	return (
		<div class="notice bad" role="alert">
			<p>{faults.length === 1 ? "One thing is not right yet:" : `${faults.length} things are not right yet:`}</p>
			<ul>
				{faults.map((fault) => (
					<FaultAt label={labels.get(fault)} fault={fault} />
				))}
			</ul>
		</div>
	);
}

function FaultAt({ label, fault: { field, detail } }: { label: string | undefined; fault: Fault }) {
	const said = sentence(detail);
	return (
		<li>
			<a href={`#${idOf(field)}`}>{label ?? said}</a>
			{label === undefined ? null : `: ${said}`}
		</li>
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

/** Whether anything is wrong with the field of this name. */
export const isWrong = (name: string, faults: readonly Fault[]) => faults.some((fault) => standsAt(name, fault));

const standsAt = (name: string, { field }: Fault) => field === name || field.startsWith(`${name}.`);

/** The id under which a field stands on the page. */
export const idOf = (name: string) => `f-${name.split(".")[0]?.replace(/[^\w-]/g, "-")}`;
/** What is wrong, as a sentence. */
export const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`;
