/** Calls the API as an owner or an operator would, and gives the reply's JSON. Throws what the collector says where it refuses. */
export async function callApi(url: URL, method: string, path: string, key: string, body: unknown): Promise<unknown> {
	const response = await fetch(new URL(path, url), {
		method,
		headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
	return response.json();
}
