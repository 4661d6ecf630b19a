import type { ApiKey } from "../db/api-keys.ts";
import type { Site } from "../site.ts";

/** As whom a request of our own is made. */
export interface Insider {
	/** The site whose pages are open; absent where an operator has opened none. */
	readonly site: Site | undefined;
	readonly key: ApiKey;
	readonly operator: boolean;
}

/** Requests that the owner's pages make within the Worker, for whom a session stands. None from outside is ever among them. */
const insiders = new WeakMap<Request, Insider>();

/** Lets a request of our own pass the doors of the API as this caller. */
export function admitInside(request: Request, as: Insider): Request {
	insiders.set(request, as);
	return request;
}

/** The caller of a request of our own; undefined for every other. */
export function insiderOf(request: Request): Insider | undefined {
	return insiders.get(request);
}
