import * as z from "zod";

/** A key or token as platforms make them: printable ASCII without spaces, so that it fits a header and starts no other. */
export const accessToken = z.string().regex(/^[!-~]{8,1024}$/, "must be the key as the platform shows it, without spaces");
