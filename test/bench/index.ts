import { scores } from "./scores.ts";

const BENCHES = { scores } as const;

/** `npm run bench -- scores`: measures, prints a table, writes nothing into the tree. Run `npm run build` first. */
const [name = ""] = process.argv.slice(2);
if (!Object.hasOwn(BENCHES, name)) {
	console.error(`Say which: npm run bench -- ${Object.keys(BENCHES).join(" | ")}`);
	process.exit(1);
}
await BENCHES[name as keyof typeof BENCHES]();
