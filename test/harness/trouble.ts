import fc from "fast-check";

/** Text that has broken something somewhere: empty, long, of other scripts, half a character, markup, template, number, path, name. */
export const trouble = fc.oneof(
	fc.constantFrom("", " ", "\0", "a\0b", "\u202e", "\ud800", "\udc00x", "__proto__", "constructor", "toString", "hasOwnProperty"),
	fc.constantFrom("NaN", "-0", "1e999", "0x1f", "Infinity", "null", "[]", "true", "9".repeat(40), "١٢٣", "９", "½", "2026-13-45"),
	fc.constantFrom(
		"'; DROP TABLE ask; --",
		"<script>alert(1)</script>",
		"{{7*7}}",
		"../../etc/passwd",
		"%00%ff",
		"=cmd|' /C calc'!A0",
	),
	fc.string({ unit: "binary", maxLength: 80 }),
	fc.string({ unit: "grapheme", maxLength: 40 }),
	fc.integer({ min: 1, max: 3_000 }).map((length) => "é".repeat(length)),
);

/** Anything that JSON can say, and more of it than anybody needs. */
export const anything = fc.oneof(
	trouble,
	fc.integer(),
	fc.constantFrom(-1, 0, 2 ** 31, 2 ** 53, 1e21, 1e308, -1e308, 0.1),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.array(trouble, { maxLength: 30 }),
	fc.dictionary(trouble, fc.oneof(trouble, fc.integer(), fc.constant(null)), { maxKeys: 12 }),
	fc.jsonValue({ maxDepth: 4 }),
	fc.integer({ min: 1, max: 1_500 }).map((depth) => Array.from({ length: depth }).reduce((inner) => [inner], null)),
);

/** One way to put a value out of order, somewhere in it. */
interface Change {
	readonly at: number;
	readonly how: "replaced" | "left out" | "added to";
	readonly name: string;
	readonly other: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
	at: fc.nat(),
	how: fc.constantFrom("replaced", "replaced", "left out", "added to"),
	name: trouble,
	other: anything,
});

/** Values of which so many places, at any depth, are replaced, left out or added to: none, one or two, unless `least` says otherwise. */
export function bent(right: fc.Arbitrary<unknown>, least: 0 | 1 = 0): fc.Arbitrary<unknown> {
	const none = least === 0 ? [{ weight: 2, arbitrary: fc.constant<Change[]>([]) }] : [];
	const changes = fc.oneof(...none, fc.tuple(change), fc.tuple(change, change));
	return fc.tuple(right, changes).map(([value, all]) => all.reduce<unknown>(changed, structuredClone(value)));
}

function changed(value: unknown, { at, how, name, other }: Change): unknown {
	const whole = { value };
	const places = placesIn(whole);
	const [holder, key] = places[at % places.length] ?? [whole, "value"];
	const there = Reflect.get(holder, key);
	if (how === "left out") Reflect.deleteProperty(holder, key);
	else if (how === "added to" && Object(there) === there)
		// Not by assignment: "__proto__" is to be a name like any other.
		Object.defineProperty(there, Array.isArray(there) ? there.length : name, {
			value: other,
			enumerable: true,
			writable: true,
			configurable: true,
		});
	else Reflect.set(holder, key, other);
	return whole.value;
}

const DEEPEST = 12;

/** Every place of a value, if not too deep: what holds it, and under which name. */
function placesIn(holder: object, depth = 0): (readonly [object, string])[] {
	if (depth > DEEPEST) return [];
	return Object.entries(holder).flatMap(([key, value]) => [
		[holder, key] as const,
		...(Object(value) === value ? placesIn(value, depth + 1) : []),
	]);
}

const headerText = trouble.map((text) => text.replace(/[^\x20-\x7e]/g, "").trim());

/** What a request may say of itself, each with what breaks things. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
	origin: ["null", "https://evil.example", "https://shop.example.evil.example"],
	"content-type": [
		"application/json",
		"text/plain",
		"text/plain;charset=UTF-8",
		"application/x-www-form-urlencoded",
		"multipart/form-data",
		"image/png",
	],
	"content-encoding": ["gzip", "br", "identity"],
	"content-length": ["999999999"],
	authorization: ["Bearer", "Bearer ", "bearer aw_sk_", `Bearer aw_sk_${"a".repeat(34)}`, "Basic YTpi"],
	accept: ["*/*", "text/html", "application/problem+json", "application/json;q=0"],
	"accept-language": ["*", "he,en;q=0.5", "xx-".repeat(400)],
	"if-none-match": ["*", '"x"', 'W/"x"', '"x", "y"'],
	cookie: ["session=x", "__Host-session=", `a=${"b".repeat(3_000)}`, ";;="],
	"sec-fetch-site": ["cross-site", "same-site", "same-origin", "none"],
	"sec-fetch-mode": ["navigate", "no-cors"],
	"sec-gpc": ["1", "0"],
	"cf-connecting-ip": ["198.18.0.9", "2001:db8::9", "198.18.0.9, 198.18.0.10"],
};

/** Up to two headers that a request says beside the usual ones, or in place of them; none in most. */
export const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
	{ weight: 3, arbitrary: fc.constant({}) },
	fc
		.array(
			fc.constantFrom(...Object.keys(HEADERS)).chain((name) => {
				const usual = fc.constantFrom(...(HEADERS[name] ?? []));
				return fc.tuple(fc.constant(name), name === "content-length" ? usual : fc.oneof(usual, headerText));
			}),
			{ minLength: 1, maxLength: 2 },
		)
		.map((pairs) => Object.fromEntries(pairs)),
);
