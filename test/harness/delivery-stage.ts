import { startCollector, type TestCollector, type TestSite } from "./collector.ts";
import { startTarget, type Target } from "./target.ts";

/** A collector whose deliveries may go to this machine, and a site and a target for one test at a time. */
export interface DeliveryStage {
	readonly collector: TestCollector;
	/** The site of this test, beside the one that the collector was started with. */
	readonly site: TestSite;
	/** Someone else's server, of this test alone. */
	readonly target: Target;
	/** Makes site and target, before each test. */
	begin(settings?: object): Promise<void>;
	/** Takes away what would tell the target of one test what happens in the next, after each test. */
	end(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts the collector. */
export async function setDeliveryStage(): Promise<DeliveryStage> {
	const collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
	let site = collector.site;
	let target: Target;
	return {
		collector,
		get site() {
			return site;
		},
		get target() {
			return target;
		},
		async begin(settings) {
			[site, target] = await Promise.all([collector.makeSite(settings), startTarget()]);
		},
		async end() {
			await collector.db.prepare("DELETE FROM endpoint").run();
			await collector.db.prepare("DELETE FROM event_due").run();
			await target.stop();
		},
		stop: () => collector.stop(),
	};
}
