/** JSON of a value as it is, on a page too whose library gives arrays a `toJSON` of their own: the replacer sees past it. */
export function toJson(value: unknown): string {
	return JSON.stringify(value, function (this: Record<string, unknown>, key) {
		return this[key];
	});
}
