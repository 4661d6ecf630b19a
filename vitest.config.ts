import { defineConfig } from "vitest/config";

/** Pure functions, the sizes of the bundles, the built Worker on workerd, `npm start` in a fresh checkout, the built widget in Chromium. `npm test` builds both first. */
export default defineConfig({
	test: {
		maxWorkers: 2,
		projects: [
			{ test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 120_000 } },
			{ test: { name: "bundle", include: ["test/bundle/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 } },
			{ test: { name: "worker", include: ["test/worker/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 } },
			{ test: { name: "start", include: ["test/start/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 } },
			{ test: { name: "browser", include: ["test/browser/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 } },
		],
	},
});
