/**
 * Whether a page of this origin may send answers: the collector's own always, otherwise one on the site's list, where one
 * leading `*.` stands for any subdomain (not for the bare domain).
 * @param origin the request's `Origin` header; null and "null" are no page of anyone's
 */
export function originAllowed(origin: string | undefined, own: string, list: readonly string[]): boolean {
	if (!origin || origin === "null") return false;
	if (origin === own) return true;
	return list.some((allowed) => {
		const star = allowed.indexOf("*.");
		if (star < 0) return origin === allowed;
		const scheme = allowed.slice(0, star);
		const domain = allowed.slice(star + 1);
		return (
			origin.startsWith(scheme) && origin.endsWith(domain) && /^[a-z0-9.-]+$/.test(origin.slice(scheme.length, -domain.length))
		);
	});
}
