/** The addresses that need no key, each with the reason. */
export const PUBLIC: ReadonlySet<string> = new Set([
	"POST /v1/responses", // the shop's page
	"GET /w/{file}",
	"GET /w/{site}/questions.json",
	"GET /s/{site}/{survey}",
	"GET /s/{site}/{file}.js", // its script
	"GET /healthz",
	"GET /openapi.json",
	"GET /docs",
	"GET /badge/{file}",
]);
