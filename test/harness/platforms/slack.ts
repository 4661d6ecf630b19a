import { type Answer, jsonOf, type Platform, type Received, servePlatform } from "./serve.ts";

/** A message as a channel shows it. */
export interface Posted {
	/** What people read, line by line: a block a line at least. */
	readonly shown: string;
	/** What a notification says. */
	readonly notified: string;
	/** Whom it calls: everybody in the channel, or people by their id. */
	readonly calls: readonly string[];
	/** Where it links to. */
	readonly links: readonly string[];
}

/** Slack's incoming webhooks, by its documentation: one hook, one channel. */
export interface Slack extends Platform {
	/** The address of the hook. */
	readonly url: string;
	readonly posted: Posted[];
}

const PATH = "/services/T0001/B0001/abcdefghijklmnopqrstuvwx";

export async function openSlack(): Promise<Slack> {
	const posted: Posted[] = [];
	const platform = await servePlatform("https://hooks.slack.com", (request) => answer(request, posted));
	return { ...platform, url: `https://hooks.slack.com${PATH}`, posted };
}

const says = (status: number, body: string): Answer => ({ status, body });

function answer(request: Received, posted: Posted[]): Answer {
	if (request.method !== "POST" || request.path !== PATH) return says(404, "no_service");
	const message = jsonOf(request);
	if (!request.headers["content-type"]?.startsWith("application/json") || typeof message !== "object" || message === null)
		return says(400, "invalid_payload");
	const { text, blocks = [] } = message;
	if (typeof text !== "string" || !text) return says(400, "no_text");
	if (!Array.isArray(blocks) || blocks.length > 50 || !blocks.every((block) => isSection(block) || isContext(block)))
		return says(400, "invalid_blocks");
	const texts: { text: string; verbatim?: boolean }[] = blocks.flatMap((block) => [
		...(block.text ? [block.text] : []),
		...(block.fields ?? []),
		...(block.elements ?? []),
	]);
	const read = [...texts.map(({ text, verbatim }) => readMrkdwn(text, verbatim === true)), readMrkdwn(text, true)];
	posted.push({
		shown: read
			.slice(0, -1)
			.map(({ shown }) => shown)
			.join("\n"),
		notified: read.at(-1)?.shown ?? "",
		calls: read.flatMap(({ calls }) => calls),
		links: read.flatMap(({ links }) => links),
	});
	return says(200, "ok");
}

interface TextObject {
	type: string;
	text: string;
	verbatim?: boolean;
}

interface Block {
	type: string;
	text?: TextObject;
	fields?: TextObject[];
	elements?: TextObject[];
}

const isText = (object: TextObject | undefined, most: number) =>
	object?.type === "mrkdwn" && typeof object.text === "string" && object.text.length >= 1 && object.text.length <= most;

function isContext({ type, elements = [] }: Block): boolean {
	return type === "context" && elements.length >= 1 && elements.length <= 10 && elements.every((each) => isText(each, 3000));
}

function isSection({ type, text, fields }: Block): boolean {
	if (type !== "section" || (!text && !fields)) return false;
	if (text && !isText(text, 3000)) return false;
	return !fields || (fields.length >= 1 && fields.length <= 10 && fields.every((field) => isText(field, 2000)));
}

/** Reads mrkdwn as Slack does: what stands in angle brackets is an instruction, three entities are characters. */
function readMrkdwn(text: string, verbatim: boolean) {
	const calls: string[] = [];
	const links: string[] = [];
	const rest = text.replace(/<([^<>]*)>/g, (_, inside: string) => {
		const [target = "", label = target] = inside.split("|");
		(/^[!@#]/.test(target) ? calls : links).push(target.replaceAll("&amp;", "&"));
		return label;
	});
	if (!verbatim) links.push(...(rest.match(/https?:\/\/\S+/g) ?? []));
	if (!verbatim) calls.push(...(rest.match(/@(?:channel|here|everyone)\b/g) ?? []));
	return {
		calls,
		links,
		shown: rest.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[String(name)] ?? ""),
	};
}
