/** What the Worker writes into the line before each file: `settings` where it decides, `words` where it asks, both in the whole build. */
declare const __AFTERWORD__: {
	readonly settings: import("../shared/widget-settings.ts").WidgetSettings;
	readonly words: import("../shared/widget-settings.ts").WidgetWords & import("../shared/widget-settings.ts").FollowUpWords;
};

interface Window {
	/** The only global: the sites whose tag this page has run. */
	afterword?: Record<string, boolean>;
}
