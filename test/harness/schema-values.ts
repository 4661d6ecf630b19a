import fc from "fast-check";
import type { OpenApi } from "./openapi.ts";

/** A schema of the document, as far as values are made of it. */
export interface Schema {
	readonly $ref?: string;
	readonly allOf?: readonly Schema[];
	readonly anyOf?: readonly Schema[];
	readonly oneOf?: readonly Schema[];
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly examples?: readonly unknown[];
	readonly type?: string;
	readonly format?: string;
	readonly pattern?: string;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly items?: Schema | false;
	readonly prefixItems?: readonly Schema[];
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly propertyNames?: Schema;
	readonly additionalProperties?: Schema | false;
}

/** Values by the name of the field that they are for. */
export type Known = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const MOST_ITEMS = 3;
const WORDS = fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,12}){0,2}$/);

const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
	uuid: fc.uuid({ version: 4 }),
	date: fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, "0")}`),
	"date-time": fc.integer({ min: 1, max: 28 }).map((day) => new Date(Date.UTC(2026, 10, day)).toISOString()),
};

/** What a schema of the document takes, with what is `known` in place of what it says of a field of that name. */
export function valuesOf(schema: Schema, { components }: OpenApi, known: Known): fc.Arbitrary<unknown> {
	const of = (inner: Schema): fc.Arbitrary<unknown> => {
		const { $ref, allOf, anyOf, oneOf, examples, type } = inner;
		if ($ref) return of((components.schemas[$ref.split("/").at(-1) ?? ""] ?? {}) as Schema);
		if (allOf) return of(allOf[0] ?? {});
		if (anyOf ?? oneOf) return fc.oneof(...(anyOf ?? oneOf ?? []).map(of));
		if (inner.const !== undefined) return fc.constant(inner.const);
		if (inner.enum) return fc.constantFrom(...inner.enum);
		if (type === "object") return objectsOf(inner);
		if (examples) return fc.constantFrom(...examples);
		if (type === "array") return arraysOf(inner);
		if (type === "string") return textsOf(inner);
		if (type === "integer") return fc.integer({ min: inner.minimum ?? 0, max: inner.maximum ?? 1_000 });
		if (type === "number") return fc.double({ min: inner.minimum ?? 0, max: inner.maximum ?? 1_000, noNaN: true });
		return type === "boolean" ? fc.boolean() : type === "null" ? fc.constant(null) : fc.jsonValue({ maxDepth: 2 });
	};
	const objectsOf = ({ properties, required = [], propertyNames = {}, additionalProperties, examples = [] }: Schema) => {
		if (!properties)
			return fc.dictionary(of({ type: "string", ...propertyNames }) as fc.Arbitrary<string>, of(additionalProperties || {}), {
				maxKeys: 3,
			});
		const fields: Record<string, fc.Arbitrary<unknown>> = {};
		for (const [name, field] of Object.entries(properties)) fields[name] = known[name] ?? of(field);
		const made = fc.record(fields, { requiredKeys: [...required], noNullPrototype: true });
		return examples.length > 0 ? fc.oneof(made, fc.constantFrom(...examples)) : made;
	};
	const arraysOf = ({ prefixItems, items, minItems = 0, maxItems = MOST_ITEMS }: Schema) =>
		prefixItems
			? fc.tuple(...prefixItems.map(of))
			: fc.array(of(items || {}), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)) });
	const textsOf = ({ format, pattern, minLength = 0, maxLength = 2_000 }: Schema) => {
		const texts = TEXTS[format ?? ""] ?? (pattern && !pattern.includes("\\p") ? fc.stringMatching(new RegExp(pattern)) : WORDS);
		return texts.filter(({ length }) => length >= minLength && length <= maxLength);
	};
	return of(schema);
}
