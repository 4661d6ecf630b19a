/** What a key may do. A key is given no scope that its maker lacks. */
export const SCOPES = [
	"scores:read",
	"responses:read",
	"responses:write",
	"export",
	"webhooks:write",
	"erase",
	"settings:write",
	"keys:write",
] as const;

export type Scope = (typeof SCOPES)[number];
