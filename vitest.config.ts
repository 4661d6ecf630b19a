import { defineConfig } from "vitest/config";

/**
 * Pure functions, the sizes of the bundles, the built Worker on workerd, `npm start` in a fresh checkout, the built widget in Chromium.
 * `npm test` builds both first. A process keeps its modules from file to file, for loading Miniflare and wrangler takes longer than
 * most files do; it keeps its browser too. Four processes take two cores, because who waits for a page, a queue or a restart leaves its core to another.
 */
export default defineConfig({
	test: {
		maxWorkers: 4,
		isolate: false,
		globalSetup: ["test/harness/memory-folder.ts", "test/harness/no-outside-certificates.ts"],
		projects: [
			{ extends: true, test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 120_000 } },
			{
				extends: true,
				test: { name: "bundle", include: ["test/bundle/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
			},
			{
				extends: true,
				test: { name: "worker", include: ["test/worker/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
			},
			{
				extends: true,
				test: { name: "start", include: ["test/start/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
			},
			{
				extends: true,
				test: { name: "browser", include: ["test/browser/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
			},
		],
	},
});
