import { loadAsks } from "../../local/load-asks.ts";
import { startCollector, type TestCollector } from "./collector.ts";
import { madeUpAsks } from "./made-up-asks.ts";
import { logInTo, type OwnerSession } from "./owner-session.ts";

/** A site with most of a year's answers, and its owner in the rooms of drivers, segments and silence. */
export interface InsightRooms {
	readonly collector: TestCollector;
	/** What the API says at a path. */
	read<Reply>(path: string): Promise<Reply>;
	/** A room as the owner, or somebody else, sees it: without the marks that keep directions of text apart. */
	opened(path: string, session?: OwnerSession): Promise<{ status: number; html: string }>;
	stop(): Promise<void>;
}

/**
 * Starts a collector with 9,000 asks of three surveys that offer four reasons, of which one is rare and one has a name to escape. Two
 * surveys have a goal, and no answer has the segment `quiet`.
 */
export async function openInsightRooms(): Promise<InsightRooms> {
	const now = Date.now();
	const collector = await startCollector();
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) });
	await patch("/v1/site", { segments: { plan: ["free", "gold"], quiet: ["never"] } });
	const drivers = [
		{ id: "price", labels: { en: "Price & <more>" } },
		{ id: "delivery" },
		{ id: "payment" },
		{ id: "rare", labels: { en: "Rare" } },
	];
	for (const [slug, goal] of Object.entries({ nps: -20, csat: 50, ces: null }))
		await patch(`/v1/surveys/${slug}`, { drivers, goal });
	const asks = [...madeUpAsks(9_000, 250, 17, now)];
	const rare = asks.filter(({ survey, drivers }) => survey === "nps" && drivers.length > 0).slice(0, 20);
	const site = { id: collector.site.id, timezone: "Europe/Rome" };
	await loadAsks(collector.db, site, asks);
	await loadAsks(
		collector.db,
		site,
		rare.map((ask) => ({ ...ask, drivers: ["rare"], shownAt: now - 3_600_000, answeredAfterMs: 60_000 })),
		"rare",
	);
	const owner = await logInTo(collector);
	return {
		collector,
		read: async (path) => (await collector.owner(path)).json(),
		async opened(path, session = owner) {
			const response = await session.get(path);
			return { status: response.status, html: (await response.text()).replace(/[\u2068\u2069]/g, "") };
		},
		stop: () => collector.stop(),
	};
}

/** HTML as text, its tags and white space as single spaces. */
export const textOf = (html: string): string =>
	html
		.replace(/<[^>]+>/g, " ")
		.replace(/\s+/g, " ")
		.trim();

/** The lines of the marks of a page, each as its own markup and as text. */
export const marksOf = (html: string): { html: string; text: string }[] =>
	[...html.matchAll(/<li><div class="mark-name">(.*?)<\/li>/gs)].map(([, mark = ""]) => ({ html: mark, text: textOf(mark) }));
