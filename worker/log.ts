/** One line of the Worker's log, as JSON. It never holds a key, an address, a comment or who a customer is. */
export function log(entry: { readonly event: string } & Readonly<Record<string, string | number | boolean | null>>): void {
	console.error(JSON.stringify(entry));
}
