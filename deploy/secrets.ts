import { SECRET_NAMES, type SecretName } from "../local/local-secrets.ts";
import { succeed, type Wrangler } from "./wrangler.ts";

/** The names of the secrets that the deployed Worker lacks. */
export async function missingSecrets(wrangler: Wrangler): Promise<SecretName[]> {
	const kept: { name: string }[] = JSON.parse(await succeed(wrangler, ["secret", "list", "--format", "json"]));
	return SECRET_NAMES.filter((wanted) => !kept.some(({ name }) => name === wanted));
}

/** Makes secrets and gives them to the Worker over standard input: arguments can be read by every process of the machine. */
export async function putSecrets(
	wrangler: Wrangler,
	names: readonly SecretName[],
	makeSecret: () => string,
): Promise<Partial<Record<SecretName, string>>> {
	const made = Object.fromEntries(names.map((name) => [name, makeSecret()]));
	try {
		await succeed(wrangler, ["secret", "bulk"], JSON.stringify(made));
	} catch (error) {
		const said = error instanceof Error ? error.message : String(error);
		throw new Error(Object.values(made).reduce((text, secret) => text.replaceAll(secret, "…"), said));
	}
	return made;
}
