import { assertBound } from "./assert-bound.ts";
import { assertSignedIn } from "./assert-signed-in.ts";
import { assertTriggers } from "./assert-triggers.ts";
import { makeSite, type WantedSite } from "./first-site.ts";
import { ensureResources } from "./resources.ts";
import { missingSecrets, putSecrets } from "./secrets.ts";
import { type Shard, shardsIn } from "./shards.ts";
import { sitesThere } from "./sites-there.ts";
import { workerAddress } from "./worker-address.ts";
import { succeed, type Wrangler } from "./wrangler.ts";

/** What a deploy works with. */
export interface Deployment {
	readonly wrangler: Wrangler;
	/** Where wrangler.toml lies. */
	readonly config: string;
	readonly build: () => Promise<void>;
	readonly makeSecret: () => string;
	readonly print: (text: string) => void;
	/** Whether what is printed is kept in a log that others read: then no key is made, for it could not be shown. */
	readonly logged: boolean;
	/** The operator's key, where whoever deploys has said it. */
	readonly operatorKey: string | undefined;
	/** A site to make, unless there is one of this name. */
	readonly site: WantedSite | null;
}

/**
 * Puts everything into the account that is signed in, or brings it up to date. The databases are there and migrated before code that needs
 * them is: migrations add, so that the code before them goes on meanwhile. Each step looks first, so that all can be done again.
 */
export async function deploy(deployment: Deployment): Promise<void> {
	const { wrangler, config, build, print } = deployment;
	await assertSignedIn(wrangler);
	const shards = shardsIn(config);
	print("Building the widget and the Worker …");
	await build();
	const made = await ensureResources(wrangler, config, shards);
	if (made.length > 0) print(`Made in the account: ${made.join(", ")}`);
	for (const { binding } of shards) {
		print(`Bringing the database ${binding} up to date …`);
		await succeed(wrangler, ["d1", "migrations", "apply", binding, "--remote"]);
		await assertTriggers(wrangler, binding);
	}
	await assertBound(wrangler, shards);
	print("Deploying the Worker …");
	const address = workerAddress(await succeed(wrangler, ["deploy"]));

	const madeKey = await ensureSecrets(deployment);
	print(`Afterword runs${address ? ` on ${address}` : " on the routes of wrangler.toml"}`);
	await ensureSite({ ...deployment, operatorKey: madeKey ?? deployment.operatorKey }, shards, address);
}

/** Makes the secrets that the Worker lacks. Gives the operator's key if that was one of them. */
async function ensureSecrets({ wrangler, makeSecret, print, logged }: Deployment): Promise<string | undefined> {
	const missing = await missingSecrets(wrangler);
	if (missing.length === 0) return undefined;
	if (logged) {
		const commands = missing.map((name) => `\n  npx wrangler secret put ${name}`).join("");
		print(`The Worker lacks ${missing.join(" and ")}, and no key is made where a log is kept. Give it some:\n${commands}\n`);
		return undefined;
	}
	const { AFTERWORD_OPERATOR_KEY: key } = await putSecrets(wrangler, missing, makeSecret);
	if (key) print(`\nThe operator's key, which makes sites. It is shown this once:\n\n  ${key}\n`);
	return key;
}

/** Makes the site that was asked for, unless it is there; says how the first one is made where there is none. */
async function ensureSite(
	{ wrangler, print, operatorKey, site }: Deployment,
	shards: readonly Shard[],
	address: string | null,
): Promise<void> {
	const sites = await sitesThere(wrangler, shards);
	if (site === null) {
		if (sites.length === 0) print(howToMakeASite(address));
		return;
	}
	const there = sites.find(({ name }) => name === site.name);
	if (there) return print(`The site ${there.name} is there already: ${there.public_key}`);
	if (!operatorKey)
		throw new Error("To make a site, say the operator's key: AFTERWORD_OPERATOR_KEY=… npm run deploy -- --site …");
	if (!address) throw new Error("The Worker has no address of its own under which a site could be made.");
	const { publicKey, secretKey } = await makeSite(address, operatorKey, site);
	print(`
The site's key for the API, shown this once: ${secretKey}

  Paste    <script async src="${address}/w/${publicKey}.js" data-transaction="1001"></script>
  Scores   curl -H "Authorization: Bearer …" "${address}/v1/scores?window=30d"
  API      ${address}/docs`);
}

function howToMakeASite(address: string | null): string {
	return `
Make the first site at ${address ?? "https://…"}/app/set-up, with the operator's key; or over the API:

  curl ${address ?? "https://…"}/v1/sites -H "Authorization: Bearer $AFTERWORD_OPERATOR_KEY" -H "Content-Type: application/json" \\
    -d '{"name": "My shop", "origins": ["https://shop.example"]}'`;
}
