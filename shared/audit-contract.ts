import * as z from "zod";

/** What was done to a site, newest first. */
export const auditReply = z
	.object({
		entries: z.array(
			z.object({
				at: z.iso.datetime(),
				actor: z.string().describe("The id of the key that was shown."),
				action: z.string().describe("The method and the route."),
				object: z.string().describe("Which survey, key or answer; never a customer."),
				request: z.string().describe("The request's id at Cloudflare."),
				result: z.int().describe("The reply's HTTP status."),
			}),
		),
		next: z.string().nullable().describe("The `cursor` of the next page; null on the last."),
	})
	.meta({ id: "AuditLog" });

export type AuditReply = z.infer<typeof auditReply>;
