import * as z from "zod";

/** How answers without a signature are taken. */
export const tokenMode = z
	.enum(["off", "prefer", "require"])
	.describe("prefer: unsigned answers are kept and shown apart; require: they are refused.");
export const tokenDays = z.int().min(1).max(90).describe("Days after its signing during which a token is believed.");

/** A secret that signs orders as it can be seen after it was made: never the secret itself. */
export const signingSecret = z
	.object({
		kid: z.string().describe("Its name in tokens."),
		hint: z.string().describe("The secret's last four characters."),
		created_at: z.iso.datetime(),
	})
	.meta({ id: "SigningSecret" });

export type SigningSecretView = z.infer<typeof signingSecret>;

export const signingSecretsReply = z.object({ secrets: z.array(signingSecret) }).meta({ id: "SigningSecrets" });

export const newSigningSecretReply = z
	.object({ secret: signingSecret, signing_secret: z.string().describe("Shown this once."), token_mode: tokenMode })
	.meta({ id: "NewSigningSecretReply" });

export type NewSigningSecretReply = z.infer<typeof newSigningSecretReply>;
