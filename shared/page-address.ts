/**
 * The address of a page as it may be kept: origin and path, without query or fragment. A path segment with a digit or
 * longer than 24 characters becomes `*`, for order-status paths carry access tokens. Null where the text is no web address.
 */
export function maskPage(address: string): string | null {
	if (!/^https?:\/\//i.test(address)) return null;
	try {
		const { origin, pathname } = new URL(address);
		const path = pathname.split("/").map((part) => (/\d/.test(decodeSafely(part)) || part.length > 24 ? "*" : part));
		return (origin + path.join("/")).slice(0, 512);
	} catch {
		return null;
	}
}

/** A path segment without its escapes; one with broken escapes counts as unreadable, and so is masked. */
function decodeSafely(part: string): string {
	try {
		return part.includes("%") ? decodeURIComponent(part) : part;
	} catch {
		return "0";
	}
}
