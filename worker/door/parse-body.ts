import type * as z from "zod";
import { ApiError } from "../api-error.ts";
import { faultsOf } from "../faults-of.ts";
import { readBody } from "./read-body.ts";

/** Reads a JSON body by a schema. @throws ApiError 400 that names every wrong field */
export async function parseBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
	const parsed = schema.safeParse(await readBody(request));
	if (!parsed.success) throw new ApiError("invalid_request", { faults: faultsOf(parsed.error) });
	return parsed.data;
}
