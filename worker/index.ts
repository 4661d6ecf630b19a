import { app } from "./app.ts";
import type { Env } from "./env.ts";

/** Where the Worker starts. */
export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
