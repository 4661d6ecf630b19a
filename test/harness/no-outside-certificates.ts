/**
 * Before the first test: authorities that a machine has node trust are none for the tests, which speak to this machine alone. Miniflare
 * would write each of them, over a hundred, into the configuration of every workerd that it starts. Gives what puts them back.
 */
export default function setUp(): (() => void) | undefined {
	const named = process.env["NODE_EXTRA_CA_CERTS"];
	if (named === undefined) return undefined;
	delete process.env["NODE_EXTRA_CA_CERTS"];
	return () => {
		process.env["NODE_EXTRA_CA_CERTS"] = named;
	};
}
