import { Hono } from "hono";
import type { AppEnv } from "../../env.ts";
import { question } from "./question.ts";
import { tag } from "./tag.tsx";

/** Set-up of the open site: the question and the tag. Before them comes `newSite`, which needs none. */
export const setUp = new Hono<AppEnv>().route("/", question).route("/", tag);
