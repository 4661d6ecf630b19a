import { isAllowed } from "../shared/origin-hash.ts";
import type { DecidingSettings } from "../shared/widget-settings.ts";
import { type Gate, gateOf } from "./gates.ts";
import { readMemory } from "./memory.ts";
import { type Options, said } from "./options.ts";
import type { Desk } from "./survey.ts";

/** The half of the widget that asks and delivers: in the whole build here already, in the lazy one a second file. */
export type AskingHalf = typeof import("./survey.ts");

/** Gets that half. `wanted`: BCP 47 tags of the languages to ask in, the dearest first. */
export type GetHalf = (site: DecidingSettings, wanted: Wanted) => Promise<AskingHalf>;

export type Wanted = readonly (string | undefined)[];

/** Asks on behalf of a tag, an element or a command. */
export interface Asking {
	/**
	 * Asks if a question is due, one at a time, and tells why not. Nothing is stored before the shopper is asked.
	 * @param spot the tag or element that wants it, and where the question shall stand
	 * @param again asks anew, when what the options wait for has come
	 */
	ask(options: Options, spot: Element | null, again: (options: Options, spot: Element | null) => void): Gate;
	/** Sends what earlier pages have left. `wanted`: the languages of the page, where it is known that it asks. */
	deliver(wanted: Wanted): void;
	/** Takes the question off the page. */
	close(): void;
}

/** The asking of one site. */
export function openAsking(site: DecidingSettings, half: GetHalf): Asking {
	let desk: Desk | undefined;
	/** The question on the page, or what stands for the one on its way. */
	let shown: Pick<Element, "isConnected" | "remove"> | undefined;
	/** Counts what was called off. */
	let turn = 0;
	/** Drawn once a page, where no transaction says who is in the sample: else who is asked twice is drawn twice. */
	const luck = Math.random() * 100;
	const read = () => desk?.store.read() ?? readMemory(site.site);

	/** Fetches the other half, opens its desk, and lets it do something there. */
	const call = async (wanted: Wanted, then?: (half: AskingHalf, desk: Desk) => void) => {
		try {
			const other = await half(site, wanted);
			desk ??= other.openDesk(site);
			then?.(other, desk);
		} catch {
			shown = undefined;
		}
	};
	const deliver = (wanted: Wanted) => {
		if (read().asks.some((ask) => ask.waiting)) call(wanted);
	};

	return {
		ask(options, spot, again) {
			const mine = turn;
			const wait = (): Gate => {
				const file: Promise<typeof import("./triggers.ts")> = import(
					/* @vite-ignore */ `${site.origin}/w/${site.site}.triggers.js`
				);
				file
					.then(({ whenTriggered }) =>
						whenTriggered(options, (rest) => {
							if (mine === turn || options["purchase"]) again(rest, spot);
						}),
					)
					.catch(() => {});
				return "waiting";
			};
			// A page may have something of its own by the name of `origin`.
			if (!isAllowed(/null|:/.test(origin) ? origin : location.origin, site.origins)) return "origin";
			const part = spot ?? document.documentElement;
			const wanted = [said(options, "locale"), part.closest<HTMLElement>("[lang]")?.lang, ...navigator.languages];
			deliver(wanted);
			if (options["purchase"]) return wait();
			if (shown?.isConnected) return "again";
			const due = gateOf(site, options, luck, read);
			if (typeof due === "string") return due;
			if (options["delay"] || options["scroll"] || options["exit"] || options["exit"] === "") return wait();
			const coming = {
				// An element that is gone before its question has come does not stand in the way of another.
				get isConnected() {
					return spot?.isConnected !== false;
				},
				remove() {},
			};
			shown = coming;
			const placed = (question?: Element) => {
				if (shown === coming) shown = question;
				else question?.remove();
			};
			call(wanted, (other, desk) => shown === coming && other.showSurvey({ ...due, options, wanted, spot, desk, placed }));
			return "due";
		},
		deliver,
		close() {
			turn++;
			shown?.remove();
			shown = undefined;
		},
	};
}
