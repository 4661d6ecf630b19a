import { Hono } from "hono";
import type { AppEnv } from "../env.ts";
import answers from "./answers/answers.css";
import style from "./app.css";
import script from "./app.script.js";
import preview from "./preview/preview.css";
import setUp from "./set-up/set-up.css";
import settings from "./settings/settings.css";

/** What the pages load: one style and one script. */
export const files = new Hono<AppEnv>();

/** The house's style, then what the rooms add to it. */
const STYLES = [
	style, //
	answers,
	settings,
	setUp,
	preview,
];

const KEPT = "private, max-age=300";

files.get("/app/app.css", (c) =>
	c.body(STYLES.join("\n"), 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": KEPT }),
);

files.get("/app/app.js", (c) => c.body(script, 200, { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": KEPT }));
