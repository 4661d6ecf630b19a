import liquid from "../../../examples/signing/liquid/afterword-token.liquid";
import node from "../../../examples/signing/node/afterword-token.mjs";
import php from "../../../examples/signing/php/afterword-token.php";
import python from "../../../examples/signing/python/afterword_token.py";
import ruby from "../../../examples/signing/ruby/afterword_token.rb";

/** The few lines that sign an order, by language: the files of examples/signing as they are, which the tests run. */
export const SIGNING_LINES = [
	["php", "PHP", php],
	["node", "Node", node],
	["python", "Python", python],
	["ruby", "Ruby", ruby],
	["liquid", "Liquid", liquid],
] as const;

/** The lines for one site: its public key and the collector's address are filled in, the secret never. */
export function linesFor(lines: string, site: { readonly public_key: string }, origin: string, kid: string | undefined): string {
	const filled = lines.replaceAll("aw_pub_…", site.public_key).replaceAll("https://feedback.example", origin);
	return kid === undefined ? filled : filled.replaceAll(/(["'])kid\1/g, `$1${kid}$1`);
}
