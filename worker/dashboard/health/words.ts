import type { Health } from "../../../shared/operator-contract.ts";

const sites = (n: string) => (n === "1" ? "1 site" : `${n} sites`);
const letters = (n: string) => (n === "1" ? "1 dead letter" : `${n} dead letters`);

/** What the operator's page of health says. */
export const words = {
	title: "Health",
	link: "Health",
	at: (moment: string) => `As of ${moment}. Times are UTC.`,

	silent: (shards: string) => `No answer from ${shards}: what follows is without the sites that live there.`,
	otherSecret: (moment: string) =>
		`AFTERWORD_SECRET is not what it was: who was erased under the one before, last on ${moment}, is not recognised. Set that one again.`,

	run: "The scheduled run",
	noRun: "It has not run yet. It begins every five minutes: if this stays so, look whether the Worker's cron trigger is there.",
	ran: (moment: string, ago: string) => `It last ended on ${moment}, ${ago} ago. One begins every five minutes.`,
	late: "That is too long ago: look whether the Worker's cron trigger is there, and into its log.",
	cost: (calls: string, read: string, written: string) =>
		`It asked the database ${calls} times, read ${read} rows and wrote ${written}.`,
	did: "What it did",
	step: "Step",
	result: "Result",
	nothing: "nothing to do",
	steps: {
		cases: "Cases for low scores",
		evaluate: "Alerts, baselines and loyalty",
		retain: "Retention",
		recount: "Recount",
		expire: "Clearing up",
	} as Readonly<Record<string, string>>,
	counts: {
		turns: "sites seen to",
		failed: "failed",
		judged: "answers judged",
		opened: "cases opened",
		deleted: "answers deleted",
		forgotten: "answers made nameless",
		letters: "dead letters cleared",
		mended_days: "days mended",
		packed: "ten-day sums packed",
		differences: "old differences cleared",
		tombstones: "old tombstones cleared",
		waits: "old measurements cleared",
	} as Readonly<Record<string, string>>,

	waiting: "What waits",
	chores: { evaluate: "Alerts and baselines", retain: "Retention", recount: "Recount" } satisfies Record<
		keyof Health["waiting"],
		string
	>,
	noneWaits: "nothing waits",
	waits: (n: string, span: string) => `${sites(n)}, the longest for ${span}`,
	failing: "What fails",
	noneFails: "Nothing fails.",
	fails: (chore: string, times: string, since: string) =>
		`${chore}: failed ${times === "1" ? "once" : `${times} times`} since ${since}.`,
	minuteSteps: {
		cases: "Opening cases",
		events: "Telling what happened",
		endpoints: "Calling for what is due",
	} satisfies Record<Health["failed_minutes"][number]["step"], string>,
	failedMinutes: (step: string, times: string, last: string) =>
		`${step}, every minute: failed ${times === "1" ? "once" : `${times} times`}, the last time on ${last}.`,

	untoldSince: (n: string, span: string) =>
		`${n === "1" ? "1 event waits" : `${n} events wait`} to be told, the longest for ${span}.`,

	queue: "The ingest queue",
	noQueue: "Nothing came through the queue in the last 24 hours. Sites that write at once do not use it.",
	queued: (messages: string, at: string) =>
		`${messages === "1" ? "1 message" : `${messages} messages`} in the last 24 hours, the last written on ${at}.`,
	waited: (last: string, longest: string) =>
		`The oldest of the last had waited ${last}; the longest wait of the day was ${longest}.`,

	putOff: (messages: string, oldest: string, times: string) =>
		`${messages === "1" ? "1 message" : `${messages} messages`} could not be written and will be tried again, the oldest sent on ${oldest} and tried ${times === "1" ? "once" : `${times} times`}.`,

	dead: "Dead letters",
	noneDead: "No answer has been given up.",
	areDead: (n: string, oldest: string) =>
		`${letters(n)} wait, the oldest since ${oldest}. Each is an answer that could not be written.`,
	capped: "At most 1,000 are counted.",
	replay: "Try a hundred again",
	replayed: (kept: string, failed: string) => `Tried again: ${kept} kept, ${failed} still not.`,

	deliveries: "Deliveries",
	deliveriesHint:
		"What is told to webhooks and tools, of every site: how much waits, and for how long the oldest has. What is pending waits for its target; what is behind or to be told waits for this Worker.",
	noDeliveries: "Nothing waits to be told, and nothing was given up.",
	shard: "Database",
	untold: "To be told",
	many: (n: string, span: string) => `${n}, ${span}`,
	pending: "Pending",
	deadOnes: "Given up",
	behind: "Behind",
	none: "–",

	mended: "Mended days",
	mendedHint: "Days whose counts a recount of the last 30 days found to differ from the answers, and mended.",
	noneMended: "No count differed from its answers in the last 30 days.",
	site: "Site",
	day: "Day",
	found: "Found",
	rows: "Counts that were wrong",
	asks: "By how many asks",

	signing: "Unsigned answers",
	signingHint:
		"Sites that sign their orders, over their last seven days. Many unsigned ones mean that a page lacks its signature.",
	noneSigns: "No site signs its orders.",
	answers: "Answers",
	unsigned: "Unsigned",
	share: "Share",
	noShare: "–",
	further: "Further sites",
};
