/** Days that pass after any other survey of a site before one is shown, where its settings say nothing else. */
export const USUAL_DAYS_AFTER_ANY = 14;
