/** Characters of a target's address. */
export const ADDRESS_CHARS = 2_048;

/** Names that are not of the public network, or not of anybody's: as a whole name or as its last label. */
const FORBIDDEN = new Set(
	"localhost local localdomain internal intranet lan home corp private test example invalid onion arpa alt".split(" "),
);

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * What is wrong with an address that something is to be sent to, in words that follow its field's name; null where nothing is. Asked when
 * it is saved and again before every attempt.
 * @param ownOrigin the Worker's own address, to which nothing is sent
 * @param loopback lets addresses of this machine through, on any port and without encryption: for local development
 */
export function faultOfAddress(text: string, ownOrigin: string, loopback: boolean): string | null {
	if (text.length > ADDRESS_CHARS) return `must have at most ${ADDRESS_CHARS} characters`;
	if (/[\p{C}\s\\]/u.test(text)) return "must contain no spaces, control characters or backslashes";
	const url = URL.parse(text);
	if (!url) return "must be an address, such as https://hooks.your-shop.com/afterword";
	if (loopback && isLoopback(url)) return null;
	if (!/^https:\/\/[^/]/i.test(text)) return "must begin with https://";
	if (url.username || url.password || /^https:\/\/[^/?#]*@/i.test(text)) return "must contain no user name or password";
	if (url.port || /^https:\/\/[^/?#]*:\d*(?:[/?#]|$)/i.test(text)) return "must name no port";
	if (url.hash || text.includes("#")) return "must have no part after #";
	const host = url.hostname.replace(/\.+$/, "");
	const labels = host.split(".");
	const last = labels.at(-1) ?? "";
	if (host.startsWith("[") || /^\d+$/.test(last)) return "must name a host, not an IP address";
	if (FORBIDDEN.has(last) || labels.length < 2 || host.length > 253 || !labels.every((label) => LABEL.test(label)))
		return "must name a host of the public internet";
	if (host === URL.parse(ownOrigin)?.hostname.replace(/\.+$/, "")) return "must not be the address of this Worker";
	return null;
}

/** Whether an address is one of this machine's own. */
function isLoopback({ protocol, hostname }: URL): boolean {
	return /^https?:$/.test(protocol) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
