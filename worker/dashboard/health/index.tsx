import { Hono } from "hono";
import type * as z from "zod";
import type { Health, replayReply } from "../../../shared/operator-contract.ts";
import { requireOperatorSession } from "../../door/require-session.ts";
import type { AppEnv } from "../../env.ts";
import { Done } from "../field.tsx";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { Mended, Signing } from "./counts.tsx";
import { DeadLetters, Deliveries, Queue } from "./queues.tsx";
import { Failing, Run, Waiting } from "./scheduled-run.tsx";
import { words } from "./words.ts";

/** The operator's room: how the Worker fares, in plain words. */
export const health = new Hono<AppEnv>();

health.use("/app/health/*", requireOperatorSession);

health.get("/app/health", async (c) => {
	const api = c.get("api");
	const after = c.req.query("after");
	const found = await api.get<Health>(`/v1/health${after === undefined ? "" : `?after=${encodeURIComponent(after)}`}`);
	const reader = readerOf(c, "UTC");
	const part = { found, reader };
	const [, kept, failed] = /^(\d{1,3})-(\d{1,3})$/.exec(c.req.query("replayed") ?? "") ?? [];
	return page(c, {
		title: words.title,
		body: (
			<>
				{kept && failed ? <Done>{words.replayed(kept, failed)}</Done> : null}
				<p class="quiet">{words.at(reader.moment(Date.parse(found.at)))}</p>
				{found.silent === null ? null : <p class="notice bad">{words.silent(found.silent.join(", "))}</p>}
				{found.other_secret === null ? null : (
					<p class="notice bad">{words.otherSecret(reader.moment(Date.parse(found.other_secret)))}</p>
				)}
				<Run {...part} />
				<Waiting {...part} />
				<Failing {...part} />
				<Queue {...part} />
				<DeadLetters {...part} csrf={c.get("visitor").csrf} />
				<Deliveries {...part} />
				<Mended {...part} />
				<Signing {...part} />
			</>
		),
	});
});

health.post("/app/health/replay", async (c) => {
	const { kept, failed } = await c.get("api").send<z.infer<typeof replayReply>>("POST", "/v1/dead-letters/replay", {});
	return c.redirect(`/app/health?replayed=${kept}-${failed.length}`, 303);
});
