import { Hono } from "hono";
import type { AppEnv } from "../env.ts";

/** The demo shop, where a local run provides one; elsewhere there is no such address. */
export const demo = new Hono<AppEnv>().get("/demo/*", (c) => c.env.DEMO?.fetch(c.req.raw) ?? c.notFound());
