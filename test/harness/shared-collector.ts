import { SHOP, startCollector, type TestCollector } from "./collector.ts";

let running: Promise<TestCollector> | undefined;

/**
 * The Worker of this process, for the files that it runs one after another, each with a site of its own: for what looks at nothing but its
 * site. It ends with the process.
 */
export async function shareCollector(origins: readonly string[]): Promise<TestCollector> {
	running ??= startCollector();
	const collector = await running;
	return collector.as(await collector.makeSite({ origins: [SHOP, ...origins] }));
}
