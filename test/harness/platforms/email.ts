import { readFile } from "node:fs/promises";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import type { Env } from "../../../worker/env.ts";

/** A mail as it went out. */
export interface Mail {
	readonly from: string;
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
}

/** What the Worker hands over: Email Service's structured mail. */
export interface Handed {
	readonly from: { readonly name: string; readonly email: string };
	readonly to: readonly string[];
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** Cloudflare's Email Service: the binding is workerd's own, before it stands what is documented and does not happen on this machine. */
export interface EmailService {
	readonly env: Partial<Env>;
	/** What was handed over and taken, in turn. */
	readonly handed: Handed[];
	/** Addresses that have bounced. */
	readonly suppressed: Set<string>;
	/** Mails that are still taken today. */
	room: number;
	/** What the service throws at the next mail, in turn. */
	readonly instead: Error[];
	/** The next mail that went out. */
	next(): Promise<Mail>;
	stop(): Promise<void>;
}

const SENDING_DOMAIN = "merchant.com";

const ALLOWED =
	/^(?:auto-submitted|in-reply-to|references|list-[a-z-]+|precedence|content-language|importance|x-[a-z0-9_-]{1,98})$/i;

/** An error of the service, as its documentation has it. */
export const emailError = (code: string, message: string) => Object.assign(new Error(message), { code });

export async function openEmailService(): Promise<EmailService> {
	const heard = new Hearing();
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: "export default {}",
			email: { send_email: [{ name: "EMAIL" }] },
			cf: false,
			log: heard,
		}),
	);
	const { EMAIL } = await miniflare.getBindings<{ EMAIL: { send(mail: Handed): Promise<unknown> } }>();
	const service = {
		suppressed: new Set<string>(),
		room: Number.POSITIVE_INFINITY,
		instead: [] as Error[],
		handed: [] as Handed[],
	};
	const send = async (mail: Handed) => {
		const fault = service.instead.shift() ?? faultOf(mail, service);
		if (fault) throw fault;
		service.handed.push(mail);
		return EMAIL.send(mail);
	};
	return Object.assign(service, {
		env: { EMAIL: { send } as NonNullable<Env["EMAIL"]>, EMAIL_FROM: `feedback@${SENDING_DOMAIN}` },
		next: () => heard.next(),
		stop: () => miniflare.dispose(),
	});
}

function faultOf({ from, to, subject, headers }: Handed, service: Pick<EmailService, "suppressed" | "room">): Error | null {
	const [, domain] = from.email.split("@");
	if (!to.length || !subject) return emailError("E_FIELD_MISSING", "Missing field");
	if (to.length > 50) return emailError("E_TOO_MANY_RECIPIENTS", "Too many recipients");
	if (/[\r\n]/.test([subject, from.name, from.email, ...to].join(""))) return emailError("E_VALIDATION_ERROR", "Line break");
	if (domain !== SENDING_DOMAIN) return emailError("E_SENDER_DOMAIN_NOT_AVAILABLE", `Domain ${domain} not available`);
	for (const [name, value] of Object.entries(headers)) {
		if (!ALLOWED.test(name)) return emailError("E_HEADER_NOT_ALLOWED", `Header '${name}' is not allowed`);
		if (!value || /[\r\n]/.test(value)) return emailError("E_HEADER_VALUE_INVALID", `Header '${name}' is invalid`);
	}
	const suppressed = to.find((address) => service.suppressed.has(address));
	if (suppressed) return emailError("E_RECIPIENT_SUPPRESSED", `${suppressed} is on the suppression list`);
	return service.room-- > 0 ? null : emailError("E_DAILY_LIMIT_EXCEEDED", "Daily limit exceeded");
}

/** Hears from Miniflare which mails went out, and where it has put their parts. */
class Hearing extends Log {
	private readonly arrived: Promise<Mail>[] = [];
	private readonly waiting: ((mail: Promise<Mail>) => void)[] = [];

	constructor() {
		super(LogLevel.INFO);
	}

	override log(line: string): void {
		if (!line.includes("send_email binding called")) return;
		const waiting = this.waiting.shift();
		if (waiting) waiting(read(line));
		else this.arrived.push(read(line));
	}

	async next(): Promise<Mail> {
		return this.arrived.shift() ?? new Promise((resolve) => void this.waiting.push(resolve));
	}
}

async function read(line: string): Promise<Mail> {
	const of = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(line)?.[1] ?? "";
	const part = (name: string) => (of(name) ? readFile(of(name), "utf8") : "");
	return { from: of("From"), to: of("To"), subject: of("Subject"), text: await part("Text"), html: await part("HTML") };
}
