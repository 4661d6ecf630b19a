import { start } from "./index.ts";

start(async (occasion) => {
	const { origin, site } = __AFTERWORD__.settings;
	try {
		const half: typeof import("./survey.tsx") = await import(
			/* @vite-ignore */ `${origin}/w/${site}.survey.js?lang=${occasion.locale}`
		);
		half.showSurvey(occasion);
	} catch {
		occasion.host.remove();
	}
});
