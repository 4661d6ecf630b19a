import { start } from "./index.ts";
import { showSurvey } from "./survey.tsx";

start(showSurvey);
