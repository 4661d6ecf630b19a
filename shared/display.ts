/** How the scores of a scale are shown. */
export const DISPLAYS = ["numbers", "stars", "faces"] as const;

export type Display = (typeof DISPLAYS)[number];

/** Where a question stands: in the page, or in a card at the corner of the window. */
export const PLACEMENTS = ["inline", "corner"] as const;

export type Placement = (typeof PLACEMENTS)[number];
