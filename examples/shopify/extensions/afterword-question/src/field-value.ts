/** The text in the field that an event is about. Shopify's types know the field, but not in the event. */
export function textIn({ currentTarget }: Event): string {
	return `${Object(currentTarget).value ?? ""}`;
}

/** The chosen values of the list that an event is about. */
export function choicesIn({ currentTarget }: Event): string[] {
	const { values } = Object(currentTarget);
	return Array.isArray(values) ? values.map(String) : [];
}
