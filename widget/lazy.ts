import { start } from "./index.ts";

start(
	({ origin, site, lang }, wanted) => import(/* @vite-ignore */ `${origin}/w/${site}.survey.js?lang=${lang}&wanted=${wanted}`),
);
