import type { Result, Router } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";

/**
 * Hono's trie, which takes every pattern there is, and remembers what it found for paths without parameters: answers all come to one of
 * those, and the look for it costs more than many a handler. What is remembered is bounded by the routes, not by what anybody asks for.
 */
export class StaticPathsRouter<Handler> implements Router<Handler> {
	readonly name = "StaticPathsRouter";
	readonly #trie = new TrieRouter<Handler>();
	readonly #static = new Set<string>();
	readonly #found = new Map<string, Result<Handler>>();

	add(method: string, path: string, handler: Handler): void {
		this.#trie.add(method, path, handler);
		this.#found.clear();
		if (!/[:*]/.test(path)) this.#static.add(`${method} ${path}`);
	}

	match(method: string, path: string): Result<Handler> {
		const name = `${method} ${path}`;
		const known = this.#found.get(name);
		if (known) return known;
		const result = this.#trie.match(method, path);
		if (this.#static.has(name)) this.#found.set(name, result);
		return result;
	}
}
