import { type Options, said } from "./options.ts";
import { whenPageChanges } from "./page-change.ts";
import { whenPurchased } from "./purchase.ts";

/**
 * Waits for what an ask is to wait for, then asks with what is left of the options. `purchase="datalayer"`: for a purchase in the
 * page's dataLayer, which names the transaction. `delay`: for so many seconds. `scroll`: until so many percent of the page have been
 * scrolled through. `exit`: for the pointer to leave the window at its top. Of these three the first to come is enough, and if the
 * page changes before, none comes.
 */
export function whenTriggered(options: Options, ask: (options: Options) => void): void {
	if (said(options, "purchase")) {
		whenPurchased(window, (transaction) => ask({ ...options, transaction, purchase: "" }));
		return;
	}
	let over = false;
	const scrolled = () => {
		const { scrollHeight, clientHeight, scrollTop } = document.scrollingElement ?? document.documentElement;
		const room = scrollHeight - clientHeight;
		if (room <= 0 || (scrollTop / room) * 100 >= Number(said(options, "scroll"))) go();
	};
	const left = ({ relatedTarget, clientY }: MouseEvent) => {
		if (!relatedTarget && clientY <= 0) go();
	};
	const timer = said(options, "delay") && setTimeout(() => go(), Number(said(options, "delay")) * 1000);
	const stop = () => {
		over = true;
		if (timer) clearTimeout(timer);
		removeEventListener("scroll", scrolled);
		removeEventListener("load", scrolled);
		document.removeEventListener("mouseout", left);
	};
	const go = () => {
		stop();
		const { delay, scroll, exit, ...rest } = options;
		ask(rest);
	};
	if (said(options, "scroll")) {
		addEventListener("scroll", scrolled, { passive: true });
		if (document.readyState === "complete") scrolled();
		else addEventListener("load", scrolled);
	}
	const exit = options["exit"] || options["exit"] === "";
	if (!timer && !said(options, "scroll") && !exit) go();
	if (exit) document.addEventListener("mouseout", left);
	if (!over) whenPageChanges(() => over, stop);
}
