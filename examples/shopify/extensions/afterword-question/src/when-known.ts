/** One of Shopify's values that may come later. */
export interface Signal<Value> {
	readonly value: Value;
	subscribe(hear: (value: Value) => void): unknown;
}

/** What is taken of the value, as soon as there is one. */
export function whenKnown<Value, Taken>(signal: Signal<Value | undefined>, take: (value: Value) => Taken): Promise<Taken> {
	return new Promise((resolve) => {
		if (signal.value !== undefined) return resolve(take(signal.value));
		signal.subscribe((value) => value !== undefined && resolve(take(value)));
	});
}
