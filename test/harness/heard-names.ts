/** Ids of what there is, as replies of the API tell of them, for the next addresses and bodies. */
export interface HeardNames {
	/** Takes in a reply: each id under the name of the list or field that it stands in, or else the last word of the reply's path. */
	hear(path: string, reply: unknown): void;
	/** Puts ids of what there is in place of every "{name#3}". */
	fill(text: string): string;
}

/** Hears of nothing but what is there; `except` are ids that are not to be touched. */
export function heardNames(except: readonly string[]): HeardNames {
	const ids = new Map<string, string[]>();
	const hear = (name: string, reply: unknown): void => {
		if (Array.isArray(reply)) for (const each of reply) hear(name, each);
		else if (Object(reply) === reply)
			for (const [field, value] of Object.entries(Object(reply)))
				if (typeof value !== "string") hear(field, value);
				else if (["id", "kid", "slug"].includes(field) && !except.includes(value)) {
					const others = (ids.get(one(name)) ?? []).filter((id) => id !== value);
					ids.set(one(name), [...others, value].slice(-20));
				}
	};
	return {
		hear: (path, reply) => hear(lastWord(path), reply),
		fill: (text) =>
			text.replace(/\{([a-z-]+)#(\d+)\}/g, (_, name: string, which: string) => {
				const those = ids.get(one(name)) ?? ["none"];
				return those[Number(which) % those.length] ?? "none";
			}),
	};
}

/** The last word of a path that is no parameter. */
export function lastWord(path: string): string {
	return path.split("/").findLast((word) => word !== "" && !word.startsWith("{")) ?? "";
}

/** The name of one of several. */
const one = (name: string) => name.replaceAll("_", "-").replace(/s$/, "");
