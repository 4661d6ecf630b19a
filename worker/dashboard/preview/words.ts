/** What a preview says itself. */
export const WORDS = {
	title: "Preview of the question",
	languages: "Languages",
	script: "The preview runs the shop's own script, and this browser runs none.",
} as const;
