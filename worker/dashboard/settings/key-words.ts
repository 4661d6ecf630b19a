/** The keys. */
export const keyWords = {
	title: "Keys",
	every: "all",
	intro: "A key logs in here and opens the API, as far as its scopes go. It is shown once; the database has only its hash.",
	caption: "Keys of this site",
	name: "Name",
	nameHint: "Who or what it is for.",
	hint: "Ends in",
	scopes: "Scopes",
	made: "Made",
	expires: "Expires",
	never: "never",
	used: "Last used",
	add: "Make a key",
	expiresLabel: "Last day",
	expiresHint: "Empty: until it is ended.",
	once: "The new key. It is shown this once: copy it now.",
	endTitle: (name: string) => `End the key “${name}”?`,
	endText:
		"From then on it opens nothing, whoever has it, and whoever is logged in with it is logged out. This cannot be undone.",
	endYes: "End the key",
} as const;

/** What each scope lets a key do. */
export const scopeWords = {
	"scores:read": "Read scores and settings",
	"responses:read": "Read answers",
	"responses:write": "Delete and import answers",
	export: "Download answers",
	"webhooks:write": "Change webhooks",
	erase: "Erase a customer",
	"settings:write": "Change the settings",
	"keys:write": "Make and end keys and secrets, read the audit log",
} as const;

/** The audit log. */
export const auditWords = {
	title: "Audit log",
	intro: "Everything that a key or the operator did beyond reading, refused or done. Nothing in it is ever changed or removed.",
	caption: "Newest first",
	empty: "Nothing has been done yet.",
	at: "When",
	actor: "Who",
	action: "What",
	object: "Which",
	result: "Reply",
	next: "Earlier",
	first: "Newest",
	operator: "Operator",
	endedKey: (id: string) => `a key that was ended (${id})`,
} as const;
