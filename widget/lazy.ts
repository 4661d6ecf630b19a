import { start } from "./index.ts";

start(async (occasion) => {
	const { site, locale } = occasion;
	try {
		const address = `${site.origin}/w/${site.site}.survey.js?lang=${locale}`;
		const half: typeof import("./survey.tsx") = await import(/* @vite-ignore */ address);
		half.showSurvey(occasion);
	} catch {}
});
