/** Segments every site has without declaring them, and every value each can have. `locale` takes the shipped languages. */
export const CHANNELS = ["page", "hosted", "email", "app", "api", "import"] as const;
export const DEVICES = ["phone", "tablet", "desktop"] as const;

export type Channel = (typeof CHANNELS)[number];
export type Device = (typeof DEVICES)[number];

/** Keys an owner cannot declare, because the tally uses them itself. */
export const RESERVED_KEYS = ["channel", "locale", "device", "delay", "driver", "verified"] as const;

/** Segment keys an owner declared, each with its values. */
export type DeclaredSegments = Readonly<Record<string, readonly string[]>>;

/** What an undeclared value of a declared key counts as. */
export const OTHER = "other";
