import type * as z from "zod";
import { ApiError } from "../api-error.ts";
import { faultsOf } from "../faults-of.ts";
import { readBody } from "./read-body.ts";

/** Reads a JSON body by a schema, of at most 16 KiB unless `most` says otherwise. @throws ApiError 400 that names every wrong field */
export async function parseBody<Schema extends z.ZodType>(
	request: Request,
	schema: Schema,
	most?: number,
): Promise<z.output<Schema>> {
	const parsed = schema.safeParse(await readBody(request, ["application/json"], most));
	if (!parsed.success) throw new ApiError("invalid_request", { faults: faultsOf(parsed.error) });
	return parsed.data;
}
