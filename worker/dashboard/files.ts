import { Hono } from "hono";
import type { AppEnv } from "../env.ts";
import answers from "./answers/answers.css";
import house from "./app.css";
import script from "./app.script.js";
import cases from "./cases/cases.css";
import drivers from "./drivers/drivers.css";
import loyalty from "./loyalty/loyalty.css";
import oneSurvey from "./one-survey/one-survey.css";
import overview from "./overview/overview.css";
import plots from "./plots/plots.css";
import preview from "./preview/preview.css";
import report from "./report/report.css";
import setUp from "./set-up/set-up.css";
import settings from "./settings/settings.css";
import window from "./window/window.css";

/** What the pages load: one style and one script. */
export const files = new Hono<AppEnv>();

const KEPT = "private, max-age=300";

/** The house's style, then what each room adds. */
const style = [
	house, //
	plots,
	window,
	overview,
	answers,
	cases,
	loyalty,
	report,
	settings,
	setUp,
	preview,
	oneSurvey,
	drivers,
].join("\n");

files.get("/app/app.css", (c) => c.body(style, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": KEPT }));

files.get("/app/app.js", (c) => c.body(script, 200, { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": KEPT }));
