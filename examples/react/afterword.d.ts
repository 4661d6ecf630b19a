import type { CSSProperties, Ref } from "react";

declare module "react" {
	namespace JSX {
		interface IntrinsicElements {
			/** The widget's element, with its options as attributes. */
			"afterword-survey": {
				readonly ref?: Ref<HTMLElement>;
				readonly key?: string | number | null | undefined;
				readonly class?: string | undefined;
				readonly style?: CSSProperties | undefined;
				readonly transaction?: string | undefined;
				readonly token?: string | undefined;
				readonly survey?: string | undefined;
				readonly customer?: string | undefined;
				readonly locale?: string | undefined;
				readonly placement?: "inline" | "corner" | undefined;
				readonly consent?: "granted" | "pending" | undefined;
				readonly [segment: `segment-${string}`]: string | undefined;
			};
		}
	}
}

declare global {
	interface Window {
		/** Takes commands: `afterword("consent", "granted")`. Before the script has come, a queue of them. */
		afterword?: ((...command: unknown[]) => unknown) & { readonly q?: readonly Iterable<unknown>[] };
	}
}
