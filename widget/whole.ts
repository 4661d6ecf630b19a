import { start } from "./index.ts";
import { openDesk, showSurvey } from "./survey.ts";

start(async () => ({ openDesk, showSurvey }));
