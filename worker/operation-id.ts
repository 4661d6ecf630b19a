/** What the rule below would name badly, by method and route. */
const NAMED: Readonly<Record<string, string>> = {
	"GET /w/:file": "getWidget",
	"GET /s/:site/:survey": "getSurveyPage",
	"GET /s/:site/:file{[a-z][a-z0-9-]*\\.js}": "getSurveyPageScript",
	"GET /openapi.json": "getApiDocument",
	"GET /docs": "getApiPage",
	"GET /v1/audit": "listAuditEntries",
	"DELETE /v1/customers/:customer": "eraseCustomer",
	"DELETE /v1/transactions/:transaction": "eraseTransaction",
	"POST /v1/reapply-erasures": "reapplyErasures",
	"POST /v1/imports/guess": "guessImport",
	"POST /v1/imports/:id/lines": "sendImportLines",
	"GET /v1/imports/:id/refused": "listRefusedLines",
	"GET /v1/imports/:id/refused.csv": "getRefusedLinesCsv",
	"GET /v1/hooks/samples": "listHookSamples",
};

/** Plurals that are read as one thing: figures, not lists of what there is. */
const FIGURES = new Set(["scores", "series", "segments", "drivers"]);

/** What a method does with a thing, and with all there are. */
const VERBS: Readonly<Record<string, string>> = { POST: "create", PATCH: "update", PUT: "replace", DELETE: "delete" };

/**
 * The name a generated client calls a route by, from its method and path alone, so that it stays while routes come and go: the path's
 * words, in the singular where a thing's name follows them, behind what is done with them (`listResponses`, `getResponse`,
 * `createCaseNote`). A POST to a word that is no plural does what the word says (`replayDeadLetters`).
 */
export function operationIdOf({ method, path }: { readonly method: string; readonly path: string }): string {
	const named = NAMED[`${method} ${path}`];
	if (named) return named;
	const parts = path.split(/[/.]/).filter((part) => part !== "" && part !== "v1");
	const words = parts.flatMap((part, i) => {
		if (part.startsWith(":")) return [];
		return [parts[i + 1]?.startsWith(":") ? singular(part) : part];
	});
	const last = words.at(-1) ?? "";
	const about = words.slice(0, -1);
	const plural = parts.at(-1) === last && last.endsWith("s");
	if (method === "GET") return camel([plural && !FIGURES.has(last) ? "list" : "get", ...words]);
	if (method === "POST" && !plural) return camel([last, ...about]);
	return camel([VERBS[method] ?? method.toLowerCase(), ...about, plural ? singular(last) : last]);
}

const singular = (word: string) => word.replace(/ies$/, "y").replace(/s$/, "");

function camel(words: readonly string[]): string {
	const [first = "", ...rest] = words.flatMap((word) => word.split("-"));
	return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
