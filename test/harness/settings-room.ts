import { startCollector, type TestCollector } from "./collector.ts";
import { formIn } from "./form-in.ts";
import { logInTo, type OwnerSession } from "./owner-session.ts";

/** What a form is sent with in place of what it shows; null leaves a control out. */
export type Changes = Readonly<Record<string, string | readonly string[] | null>>;

/** A collector, and its site's settings as the operator has them open. */
export interface SettingsRoom {
	readonly collector: TestCollector;
	readonly owner: OwnerSession;
	/** What the API says at a path. */
	read(path: string): ReturnType<Response["json"]>;
	/** Changes something over the API. */
	change(path: string, body: object, method?: string): Promise<Response>;
	/** A page that is there, as HTML. */
	html(path: string): Promise<string>;
	/** Fills in the form of a page (`page`, else at the form's own path) as it is shown, but for `changes`, and sends it. */
	send(path: string, changes: Changes, page?: string): Promise<Response>;
	stop(): Promise<void>;
}

/** Starts a collector, and opens its site's settings. */
export async function openSettings(): Promise<SettingsRoom> {
	const collector = await startCollector();
	const owner = await logInTo(collector, "operator");
	await owner.post("/app/sites/open", { site: collector.site.id });

	const html = async (path: string) => {
		const reply = await owner.get(path);
		if (reply.status !== 200) throw new Error(`No page ${path}: ${reply.status}`);
		return reply.text();
	};

	return {
		collector,
		owner,
		read: async (path) => (await collector.owner(path)).json(),
		change: (path, body, method = "PATCH") => collector.owner(path, { method, body: JSON.stringify(body) }),
		html,
		async send(path, changes, page = path) {
			const form = formIn(await html(page), path);
			for (const [name, value] of Object.entries(changes)) {
				form.delete(name);
				for (const each of value === null ? [] : [value].flat()) form.append(name, each);
			}
			return owner.post(path, form);
		},
		stop: () => collector.stop(),
	};
}
