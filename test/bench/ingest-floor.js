// What taking an answer costs at the least: Hono, and one insert of the same columns into a table without an index or a trigger.
import { Hono } from "hono";

export default new Hono().post("/v1/responses", async (c) => {
	const ask = JSON.parse(await c.req.text());
	const now = Date.now();
	await c.env.DB.prepare(
		"INSERT INTO ask VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
	)
		.bind(
			ask.site,
			ask.id,
			ask.rev,
			ask.survey,
			ask.version,
			ask.status,
			String(ask.score),
			ask.score,
			JSON.stringify(ask.drivers ?? []),
			ask.comment ?? null,
			ask.comment === undefined ? 0 : 1,
			JSON.stringify(ask.segments ?? {}),
			"[]",
			ask.transaction ?? null,
			ask.customer ?? null,
			0,
			"1h",
			ask.page ?? null,
			new Date(now).toISOString().slice(0, 10),
			now - ask.age_ms,
			now,
		)
		.run();
	return c.json({ status: "stored" }, 201);
});
