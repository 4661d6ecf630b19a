/** Segments every site has without declaring them, and every value each can have. `locale` takes the shipped languages. */
export const CHANNELS = ["page", "hosted", "email", "app", "api", "import"] as const;
export const DEVICES = ["phone", "tablet", "desktop"] as const;

/**
 * The channel whose asks begin when somebody follows a score's link, points, types or scrolls: who did that answers nearly always, and of
 * a mail that was only read nobody hears. So it has a base of its own, and is in no response rate but its own.
 */
export const BY_EMAIL = "email" satisfies Channel;

export type Channel = (typeof CHANNELS)[number];
export type Device = (typeof DEVICES)[number];

/** Keys an owner cannot declare, because the tally uses them itself. */
export const RESERVED_KEYS = ["channel", "locale", "device", "delay", "driver", "verified"] as const;

/** Segment keys an owner declared, each with its values. */
export type DeclaredSegments = Readonly<Record<string, readonly string[]>>;

/** What an undeclared value of a declared key counts as. */
export const OTHER = "other";
