/** Stands for the parts of Next that the example uses, so that it can be checked where Next is not installed. Not to be copied. */
declare module "next/script" {
	export default function Script(props: {
		readonly src: string;
		readonly strategy?: "beforeInteractive" | "afterInteractive" | "lazyOnload";
	}): import("react").ReactNode;
}

declare const process: { readonly env: { readonly NEXT_PUBLIC_AFTERWORD?: string } };
