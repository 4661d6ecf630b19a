import type * as z from "zod";

/**
 * How a zod schema is written into the document: without what `format` and `type` say already, or what only JavaScript needs said; and
 * with what is said of a named schema in one place beside its name, where hono-openapi would lose it.
 */
export const plainSchema = {
	options: {
		override({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) {
			if (jsonSchema.format) delete jsonSchema.pattern;
			if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
			if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
			const { propertyNames, $ref, description } = jsonSchema;
			if (typeof propertyNames === "object" && Object.keys(propertyNames).join() === "type") delete jsonSchema.propertyNames;
			if (!$ref || !description) return;
			delete jsonSchema.$ref;
			jsonSchema.allOf = [{ $ref }];
		},
	},
} as const;
