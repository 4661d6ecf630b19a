import { type Context, Hono } from "hono";
import papaparse from "papaparse/papaparse.min.js";
import type { AppEnv } from "../env.ts";
import answers from "./answers/answers.css";
import script from "./app.script.js";
import cases from "./cases/cases.css";
import drivers from "./drivers/drivers.css";
import importing from "./import/import.css";
import importScript from "./import/import.script.js";
import loyalty from "./loyalty/loyalty.css";
import oneSurvey from "./one-survey/one-survey.css";
import overview from "./overview/overview.css";
import plots from "./plots/plots.css";
import preview from "./preview/preview.css";
import report from "./report/report.css";
import setUp from "./set-up/set-up.css";
import settings from "./settings/settings.css";
import forms from "./style/forms.css";
import frame from "./style/page.css";
import parts from "./style/parts.css";
import tables from "./style/tables.css";
import text from "./style/text.css";
import tokens from "./style/tokens.css";
import webhooks from "./webhooks/webhooks.css";
import window from "./window/window.css";

/** What the pages load: the house's style, that of a group of rooms, and one script. */
export const files = new Hono<AppEnv>();

const KEPT = "private, max-age=300";

const style = (c: Context, ...parts: readonly string[]) =>
	c.body(parts.join("\n"), 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": KEPT });

files.get("/app/app.css", (c) => style(c, tokens, frame, text, parts, forms, tables));
files.get("/app/figures.css", (c) => style(c, plots, window, overview, report, oneSurvey, drivers));
files.get("/app/answers.css", (c) => style(c, answers));
files.get("/app/cases.css", (c) => style(c, cases, loyalty));
files.get("/app/settings.css", (c) => style(c, settings, setUp, preview, webhooks, importing));

const code = (c: Context, source: string) =>
	c.body(source, 200, { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": KEPT });

files.get("/app/app.js", (c) => code(c, script));
files.get("/app/import.js", (c) => code(c, importScript));
files.get("/app/papaparse.js", (c) => code(c, papaparse));
