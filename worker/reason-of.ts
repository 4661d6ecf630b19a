/**
 * What an error says, as far as it may be logged and kept: without what it quotes. JavaScript, JSON and D1 repeat what they were given
 * between quotes, and what they were given may be a comment.
 */
export function reasonOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text
		.replace(/(["'`]).*\1/gs, "…")
		.replace(/\s+/g, " ")
		.slice(0, 200);
}
