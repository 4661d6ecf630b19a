/**
 * Whether a page of this origin may send answers: the collector's own always, otherwise one on the site's list, where one
 * leading `*.` stands for any subdomain (not for the bare domain).
 * @param origin the request's `Origin` header; null and "null" are no page of anyone's
 */
export declare function originAllowed(origin: string | undefined, own: string, list: readonly string[]): boolean;
