/** An address as mail programs take it, without anything that means something in a `mailto:` or adds a second recipient. */
const ADDRESS = /^[\w.!#$&'*+/=^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

/** The link that begins a mail to somebody whose reference is an address; null for any other reference, and for none. */
export function replyLink(customer: string | null, subject: string): string | null {
	if (customer === null || !ADDRESS.test(customer)) return null;
	const [name = "", domain = ""] = customer.split("@");
	return `mailto:${encodeURIComponent(name)}@${domain}?subject=${encodeURIComponent(subject.replace(/\p{C}/gu, " "))}`;
}
