import { importFile } from "./import.ts";
import { ingest } from "./ingest.ts";
import { pages } from "./pages.ts";
import { scores } from "./scores.ts";
import { soak } from "./soak.ts";
import { widget } from "./widget.ts";

const BENCHES = { scores, pages, ingest, widget, soak, import: importFile } as const;

/** `npm run bench -- scores`, or `soak 10` for ten minutes: measures, prints a table, writes nothing into the tree. Run `npm run build` first. */
const [name = "", ...rest] = process.argv.slice(2);
if (!Object.hasOwn(BENCHES, name)) {
	console.error(`Say which: npm run bench -- ${Object.keys(BENCHES).join(" | ")}`);
	process.exit(1);
}
await BENCHES[name as keyof typeof BENCHES](...rest);
