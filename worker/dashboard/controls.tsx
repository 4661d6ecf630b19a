import type { Child } from "hono/jsx";
import type { Fault } from "../api-error.ts";
import { controlProps, FaultsOf, Field, idOf, isWrong } from "./field.tsx";

/** What a control may have beside its name, label and value: HTML attributes. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

interface More {
	/** Said below the label. */
	readonly hint?: Child;
	readonly attributes?: Attributes;
}

/** What can be chosen: what is sent, and what is read. */
export type Options = readonly (readonly [value: string, label: Child])[];

/**
 * The controls of one form, each showing what `form` has under its name, whether that is stored or was typed a moment ago, and what
 * is wrong with it. Checkboxes send "off" as well, so that one that is not ticked can be told from one that is not there.
 */
export function controls(form: URLSearchParams, faults: readonly Fault[]) {
	const field = (name: string, label: string, hint: Child | undefined, control: Child) => (
		<Field name={name} label={label} faults={faults} {...(hint ? { hint } : {})}>
			{control}
		</Field>
	);
	const props = (name: string, { hint, attributes }: More) => ({ ...controlProps(name, faults, Boolean(hint)), ...attributes });

	return {
		text(name: string, label: string, more: More = {}) {
			return field(name, label, more.hint, <input type="text" {...props(name, more)} value={form.get(name) ?? ""} />);
		},
		area(name: string, label: string, more: More = {}) {
			return field(name, label, more.hint, <textarea {...props(name, more)}>{form.get(name) ?? ""}</textarea>);
		},
		select(name: string, label: string, options: Options, more: More = {}) {
			const chosen = form.get(name) ?? "";
			const list = options.map(([value, text]) => (
				<option value={value} selected={value === chosen}>
					{text}
				</option>
			));
			return field(name, label, more.hint, <select {...props(name, more)}>{list}</select>);
		},
		radios(name: string, legend: string, options: Options, { hint }: More = {}) {
			return (
				<Group name={name} legend={legend} faults={faults} hint={hint}>
					<div>
						{options.map(([value, text]) => (
							<label class="check">
								<input type="radio" name={name} value={value} checked={form.get(name) === value} />
								<span>{text}</span>
							</label>
						))}
					</div>
				</Group>
			);
		},
		checks(name: string, legend: string, options: Options, { hint }: More = {}) {
			return (
				<Group name={name} legend={legend} faults={faults} hint={hint}>
					<div class="columns">
						{options.map(([value, text]) => (
							<label class="check">
								<input type="checkbox" name={name} value={value} checked={form.getAll(name).includes(value)} />
								<span>{text}</span>
							</label>
						))}
					</div>
				</Group>
			);
		},
		check(name: string, label: string) {
			return (
				<>
					<input type="hidden" name={name} value="off" />
					<label class="check">
						<input type="checkbox" id={idOf(name)} name={name} value="on" checked={form.getAll(name).at(-1) === "on"} />
						<span>{label}</span>
					</label>
				</>
			);
		},
	};
}

interface GroupProps {
	readonly name: string;
	readonly legend: string;
	readonly faults: readonly Fault[];
	readonly hint: Child | undefined;
	readonly children?: Child;
}

/** Several controls under one name. */
function Group({ name, legend, faults, hint, children }: GroupProps) {
	return (
		<fieldset id={idOf(name)} class={isWrong(name, faults) ? "field wrong" : "field"}>
			<legend>{legend}</legend>
			{hint ? <p class="hint">{hint}</p> : null}
			{children}
			<FaultsOf name={name} label={legend} faults={faults} />
		</fieldset>
	);
}
