import { type GetHalf, openAsking } from "./asking.ts";
import { commandsOf, dispatcher } from "./commands.ts";
import { defineElement } from "./element.ts";
import { optionsOf } from "./options.ts";

/** An option that makes a tag speak for itself: all but `debug`. Frameworks and other scripts write attributes of theirs at it. */
const OPTION =
	/ data-(survey|transaction|token|customer|segment-.+|locale|placement|element|delay|scroll|exit|consent|purchase|events|channel)=/;

/**
 * Runs a tag: opens the site's commands, does what the page has queued, and asks for the tag itself. `half` gives the half
 * that asks. Never throws: on a page of somebody else a survey that fails is a survey that is not there.
 */
export function start(half: GetHalf): void {
	try {
		const site = __AFTERWORD__.settings;
		// A page may have an element by the name of `currentScript`.
		const running = document.currentScript;
		const tag = running instanceof HTMLScriptElement ? running : document.querySelector(`script[src*="/w/${site.site}."]`);
		// Under that name a page may also have an element, or something of its own.
		const before = typeof window.afterword === "function" ? window.afterword : undefined;
		const sites = before?.sites ?? {};
		const known = sites[site.site];
		const asking = openAsking(site, half);
		const commands = known ?? commandsOf(asking, tag);
		sites[site.site] = commands;
		if (!before?.sites) window.afterword = dispatcher(sites);
		if (!known) for (const said of before?.q ?? []) window.afterword?.(...said);
		// Where the page speaks by commands or elements, a tag that says nothing only brings them.
		const silent = (before && !before.sites) || document.querySelector("afterword-survey:not(:defined)");
		if (tag && (!silent || OPTION.test(tag.outerHTML))) commands.ask(optionsOf(tag), tag);
		else if (!known) asking.deliver([]);
		defineElement(commands);
	} catch {}
}
