/** What the Worker writes into the line before each file. The file that only decides has but the `DecidingSettings`, and no words. */
declare const __AFTERWORD__: {
	readonly settings: import("../shared/widget-settings.ts").WidgetSettings;
	readonly words: import("../shared/widget-settings.ts").WidgetWords & import("../shared/widget-settings.ts").FollowUpWords;
	/** Draws a score as a picture: in the files of a site that shows stars or faces. */
	picture?: import("./pictures.ts").Picture;
	/** Offers links and call backs beside the thanks: in the files of a site that has any to offer. */
	offers?: import("./offers.ts").Offers;
	/** The score that came with the link, for `hold`. */
	readonly score?: number;
	/** Holds the beginning back: on the survey's own page, when a score came with the link. */
	hold?: import("./hold.ts").Hold;
};

interface Window {
	/** Takes the page's commands; before the script has come, a page may have put a queue of them here. */
	afterword?: import("./commands.ts").Afterword;
	/** The tag manager's list of what happened on the page. */
	dataLayer?: unknown[];
}

interface Navigator {
	/** https://w3c.github.io/gpc/ */
	readonly globalPrivacyControl?: boolean;
	readonly doNotTrack?: string | null;
}
