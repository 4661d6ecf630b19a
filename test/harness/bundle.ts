import { resolve } from "node:path";
import { build, type Plugin } from "vite";

interface Bundling {
	/** Where JSX comes from; of Preact unless said otherwise. */
	readonly jsx?: string;
	/** Modules that are not there, by name. */
	readonly virtual?: Readonly<Record<string, string>>;
}

/** Bundles a file with all that it imports into one ES module, as a merchant's own bundler would. */
export async function bundle(entry: string, { jsx = "preact", virtual = {} }: Bundling = {}): Promise<string> {
	const made: Plugin = {
		name: "made",
		enforce: "pre",
		resolveId(id) {
			// Where it is the entry, Vite has made a path of it.
			const name = Object.keys(virtual).find((name) => id === name || id === resolve(name));
			return name ? `\0${name}` : null;
		},
		load: (id) => virtual[id.slice(1)] ?? null,
	};
	const built = await build({
		configFile: false,
		logLevel: "error",
		publicDir: false,
		define: { "process.env.NODE_ENV": JSON.stringify("development") },
		oxc: { jsx: { runtime: "automatic", importSource: jsx, development: false } },
		plugins: [made],
		build: {
			write: false,
			minify: false,
			reportCompressedSize: false,
			lib: { entry, formats: ["es"], fileName: "bundle" },
		},
	});
	const chunks = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
	const [code] = chunks.flatMap((chunk) => (chunk.type === "chunk" ? [chunk.code] : []));
	if (!code) throw new Error(`${entry} made no bundle`);
	return code;
}
