import type { Wrangler } from "./wrangler.ts";

/** Fails where wrangler knows no account, with what to do about it. */
export async function assertSignedIn(wrangler: Wrangler): Promise<void> {
	const { code, stdout, stderr } = await wrangler(["whoami", "--json"]);
	if (code === 0) return;
	const why = /"loggedIn":\s*false/.test(stdout) ? "" : `\n\n${`${stderr}\n${stdout}`.trim()}`;
	throw new Error(`Sign in to Cloudflare first: npx wrangler login. In a pipeline, set CLOUDFLARE_API_TOKEN instead.${why}`);
}
