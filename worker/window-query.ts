import * as z from "zod";
import { dayOf } from "../shared/day.ts";
import { parseWindow, WINDOW_FORMS, type Window } from "../shared/window.ts";
import { ApiError } from "./api-error.ts";
import type { Site } from "./site.ts";

/** The parameter that says which days a figure covers. */
export const windowQuery = {
	window: z.string().max(30).default("90d").describe(`${WINDOW_FORMS}. Days are local to the site; today is included.`),
};

/** A window in the site's own days. @throws ApiError that says how one is spelled */
export function readWindow(site: Site, name: string): Window {
	const window = parseWindow(name, dayOf(Date.now(), site.timezone));
	if (!window) throw ApiError.invalid("window", `must be ${WINDOW_FORMS}`);
	return window;
}
