import * as z from "zod";
import { givenName } from "./identifier-contract.ts";
import { SCOPES } from "./scopes.ts";

/** What a key may do. */
const scope = z.enum(SCOPES).meta({ id: "Scope", description: "What a key may do." });

/** An API key as it can be seen after it was made: never the key itself. */
export const apiKey = z
	.object({
		id: z.string(),
		name: givenName,
		hint: z.string().describe("The key's last four characters."),
		scopes: z.array(scope),
		created_at: z.iso.datetime(),
		expires_at: z.iso.datetime().nullable(),
		last_used: z.iso.date().nullable(),
	})
	.meta({ id: "ApiKey" });

export type ApiKeyView = z.infer<typeof apiKey>;

export const apiKeysReply = z.object({ keys: z.array(apiKey) }).meta({ id: "ApiKeys" });

export const newApiKey = z
	.strictObject({
		name: givenName,
		scopes: z.array(scope).min(1).default(["scores:read"]),
		expires_at: z.iso.datetime().nullable().default(null),
	})
	.meta({
		id: "NewApiKey",
		examples: [{ name: "Our dashboard", scopes: ["scores:read"], expires_at: "2027-11-22T00:00:00.000Z" }],
	});

export const newApiKeyReply = z
	.object({ key: apiKey, secret_key: z.string().describe("Shown this once.") })
	.meta({ id: "NewApiKeyReply" });

export type NewApiKeyReply = z.infer<typeof newApiKeyReply>;

/** A link that logs in once, and where it leads. */
export const newLoginLink = z
	.strictObject({ site: z.string().max(32).nullable().default(null).describe("The id of the site whose pages it opens.") })
	.meta({ id: "NewLoginLink", examples: [{ site: "Zq3vT81kLmNx" }] });

export const loginLinkReply = z
	.object({ path: z.string().describe("Where it leads, on this Worker."), expires_at: z.iso.datetime() })
	.meta({ id: "LoginLink" });
