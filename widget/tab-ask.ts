/** The id of the ask that this tab shows, over reloads; given one, notes it. Without sessionStorage there is none. */
export function tabAsk(key: string, id?: string): string | null {
	try {
		if (id) sessionStorage.setItem(key, id);
		return sessionStorage.getItem(key);
	} catch {
		return null;
	}
}
