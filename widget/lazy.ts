import { start } from "./index.ts";

start(
	({ origin, site, query }, wanted) => import(/* @vite-ignore */ `${origin}/w/${site}.survey.js?${query ?? `wanted=${wanted}`}`),
);
