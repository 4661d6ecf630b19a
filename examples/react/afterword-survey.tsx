"use client";

import { type CSSProperties, useEffect, useLayoutEffect, useRef } from "react";

/** What happens to a question: the survey's name, and the score once there is one. */
export interface AfterwordEvent {
	readonly survey: string;
	readonly score?: number;
}

export interface AfterwordSurveyProps {
	/** The tag's address: https://feedback.example/w/aw_pub_….js */
	readonly src: string;
	/** The order's number. Nobody is asked twice about it; another number is another question. */
	readonly transaction?: string | undefined;
	/** The order, signed by your server. */
	readonly token?: string | undefined;
	/** Another survey than the site's own. */
	readonly survey?: string | undefined;
	/** The buyer in your books; claimed, where no token says it. */
	readonly customer?: string | undefined;
	/** BCP 47; otherwise the page's language. */
	readonly locale?: string | undefined;
	readonly placement?: "inline" | "corner" | undefined;
	/** Values of the segments that your site declares. */
	readonly segments?: Readonly<Record<string, string>> | undefined;
	/** `pending` shows and stores nothing until `afterword("consent", "granted")`. */
	readonly consent?: "granted" | "pending" | undefined;
	readonly className?: string | undefined;
	/** Room for the question, so that nothing moves when it comes. */
	readonly style?: CSSProperties | undefined;
	readonly onShown?: ((event: AfterwordEvent) => void) | undefined;
	readonly onAnswered?: ((event: AfterwordEvent) => void) | undefined;
	readonly onDismissed?: ((event: AfterwordEvent) => void) | undefined;
	readonly onError?: ((event: AfterwordEvent) => void) | undefined;
}

const EVENTS = { shown: "onShown", answered: "onAnswered", dismissed: "onDismissed", error: "onError" } as const;

const ROOM: CSSProperties = { display: "block", minHeight: "11em" };

/** One question after checkout, where the component stands. It goes with the component, and comes once however often that is rendered. */
export function AfterwordSurvey(props: AfterwordSurveyProps) {
	const { src, transaction, token, survey, customer, locale, placement, segments = {}, consent, className, style = ROOM } = props;
	const element = useRef<HTMLElement>(null);
	const latest = useRef(props);

	useEffect(() => {
		latest.current = props;
	});

	useEffect(() => loadOnce(src), [src]);

	useEffect(() => {
		const heard = Object.entries(EVENTS).map(([event, name]) => {
			const hear = (happened: Event) => latest.current[name]?.((happened as CustomEvent<AfterwordEvent>).detail);
			document.addEventListener(`afterword:${event}`, hear);
			return () => document.removeEventListener(`afterword:${event}`, hear);
		});
		return () => {
			for (const forget of heard) forget();
		};
	}, []);

	// With the layout: what closes the old question must be done before the next one asks.
	useLayoutEffect(() => {
		const mounted = element.current;
		return () => {
			// A card in the corner stands elsewhere in the page. StrictMode only pretends to unmount: then the element is still there.
			queueMicrotask(() => {
				if (!mounted?.isConnected) window.afterword?.("close");
			});
		};
	}, [transaction]);

	const declared = Object.fromEntries(Object.entries(segments).map(([key, value]) => [`segment-${key}`, value]));
	return (
		<afterword-survey
			key={transaction}
			ref={element}
			class={className}
			style={style}
			{...{ transaction, token, survey, customer, locale, placement, consent }}
			{...declared}
		/>
	);
}

/** Puts the tag's script into the page, once a page. The queue beside it keeps the script from asking where no component stands any more. */
function loadOnce(src: string): void {
	if (!window.afterword) {
		const queued: unknown[][] = [];
		window.afterword = Object.assign((...command: unknown[]) => void queued.push(command), { q: queued });
	}
	if ([...document.scripts].some((script) => script.src === src)) return;
	document.head.append(Object.assign(document.createElement("script"), { async: true, src }));
}
