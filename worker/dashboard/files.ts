import { Hono } from "hono";
import type { AppEnv } from "../env.ts";
import app from "./app.css";
import script from "./app.script.js";
import cases from "./cases/cases.css";
import loyalty from "./loyalty/loyalty.css";

/** What the pages load: one style and one script. */
export const files = new Hono<AppEnv>();

/** The house's style, and after it each room's own. */
const style = [
	app, //
	cases,
	loyalty,
].join("\n");

const KEPT = "private, max-age=300";

files.get("/app/app.css", (c) => c.body(style, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": KEPT }));

files.get("/app/app.js", (c) => c.body(script, 200, { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": KEPT }));
