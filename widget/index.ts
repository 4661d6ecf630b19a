import type { Locale } from "../shared/locales/index.ts";
import { type AskingHalf, openAsking } from "./asking.ts";
import { commandsOf, dispatcher } from "./commands.ts";
import { defineElement } from "./element.ts";
import { optionsOf } from "./options.ts";

/**
 * Runs a tag: opens the site's commands, does what the page has queued, and asks for the tag itself. `half` gives the half
 * that asks. Never throws: on a page of somebody else a survey that fails is a survey that is not there.
 */
export function start(half: (locale: Locale) => Promise<AskingHalf>): void {
	try {
		const site = __AFTERWORD__.settings;
		// A page may have an element by the name of `currentScript`.
		const tag = document.currentScript?.closest?.("script[src]") ?? document.querySelector(`script[src*="/w/${site.site}."]`);
		const before = window.afterword;
		const live = before?.sites;
		const sites = live ?? {};
		const known = sites[site.site];
		const asking = openAsking(site, half);
		const commands = known ?? commandsOf(asking, tag);
		sites[site.site] = commands;
		if (!live) window.afterword = dispatcher(sites);
		if (!known) for (const [name, ...what] of before?.q ?? []) window.afterword?.(`${name}`, ...what);
		// Where the page speaks by commands or elements, a tag that says nothing only brings them.
		const silent = (before && !live) || document.querySelector("afterword-survey");
		if (tag && (!silent || / data-(?!debug)/.test(tag.outerHTML))) commands.ask(optionsOf(tag), tag);
		else if (!known) asking.deliver();
		defineElement(commands);
	} catch {}
}
