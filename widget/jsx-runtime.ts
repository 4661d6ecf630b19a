import type { Attributes, ComponentType, h, VNode } from "preact";

let create: typeof h;

/** Makes a file's JSX elements with that `h`. Elements of one tree come from one Preact: the follow-up is lent the survey's. */
export function useForJsx(ofPreact: typeof h): void {
	create = ofPreact;
}

/** What JSX compiles to, instead of Preact's own runtime, which would be a second `h` in the file. */
export function jsx(type: string | ComponentType, props: object, key?: Attributes["key"]): VNode {
	return create(type, { ...props, key });
}

export { jsx as jsxs };
