/** The few things that a browser, a Worker and Node all have and the language does not name. `shared/` uses nothing else of a platform. */

declare class TextEncoder {
	encode(text: string): Uint8Array;
}

declare class URL {
	constructor(address: string);
	readonly origin: string;
	readonly pathname: string;
}
