/** What all pages of the settings say, in English. Another language is another file of this type; what one page says stands in words of its own. */
export const WORDS = {
	rooms: "Settings",
	tag: "The tag",
	webhooks: "Where it is told",
	saved: "Saved. Pages of the shop see it within a few minutes.",
	save: "Save",
	copy: "Copy",
	preview: "Preview",
	previewHint: "Shows what stands in the form now. Nothing is saved, and its answers count nowhere.",
	previewFrame: "Preview of the question",
	importTitle: "Import",
	end: "End",
	back: "Back",
} as const;
