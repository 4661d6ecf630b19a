/** Numbers that the widget and the Worker both enforce. The widget cuts so that the Worker need not; the Worker never trusts it. */

/** Bytes of one `POST /v1/responses` body, counted while reading. */
export const BODY_BYTES = 16 * 1024;

/** UTF-16 code units of a comment; what is longer is cut. */
export const COMMENT_CHARS = 2_000;

/** UTF-8 bytes of a comment; what is longer is cut at a character. */
export const COMMENT_BYTES = 8 * 1024;

/** UTF-16 code units of an e-mail address or phone number to be contacted at; what is longer is dropped. */
export const CONTACT_CHARS = 100;

/** UTF-8 bytes of the same. */
export const CONTACT_BYTES = 200;

/** Characters of a link that is offered after the thanks. */
export const LINK_CHARS = 500;

/** UTF-8 bytes of a transaction or a customer reference. */
export const REFERENCE_BYTES = 64;

/** Characters of a signed transaction. */
export const TOKEN_CHARS = 384;

/** Characters of a Shopify session token: about 450 as Shopify makes them, with room for claims to come. */
export const SESSION_TOKEN_CHARS = 1_024;

/** Reason chips kept of one answer. */
export const DRIVERS_PER_ANSWER = 10;

/** Reason chips a survey may offer. */
export const DRIVERS_PER_SURVEY = 10;

/** Segment keys a site may declare. */
export const SEGMENT_KEYS = 8;

/** Values a segment key may declare; any other value counts as `other`. */
export const SEGMENT_VALUES = 50;

/** Milliseconds after the showing during which an ask may be edited; also the greatest age the Worker believes. */
export const EDIT_WINDOW_MS = 7 * 24 * 60 * 60 * 1000;

/** Calendar months after which an ask loses comment, customer, transaction and page, unless the owner says otherwise; 1 to 36. */
export const IDENTITIES_MONTHS = 13;

/** Calendar months after which an ask itself is deleted and only counted, unless the owner says otherwise; 1 to 120. */
export const ROWS_MONTHS = 25;

/** Milliseconds an unanswered ask is resumed under its own id on the same device. */
export const RESUME_MS = 24 * 60 * 60 * 1000;

/** Asks the widget remembers on one device: to deliver them, to go on with them, and not to ask again. Transactions only as hashes. */
export const REMEMBERED_ASKS = 50;

/** The greatest revision number of one ask. */
export const MAX_REV = 1_000;

/** Answers a public score needs before anyone outside sees it. */
export const PUBLIC_SCORE_RESPONSES = 30;

/** Milliseconds a public score stands before it is computed again. */
export const PUBLIC_SCORE_MS = 10 * 60 * 1000;

/** Milliseconds after its last revision at which a low answer is judged. */
export const JUDGED_AFTER_MS = 90_000;

/** Days within which a verified customer must be seen again to count as one who came back. */
export const LOYALTY_DAYS = 180;

/** Days that pass after any other survey of a site before one is shown, where its settings say nothing else. */
export const USUAL_DAYS_AFTER_ANY = 14;
