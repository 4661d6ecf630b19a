import { REMEMBERED_ASKS } from "../shared/limits.ts";
import { toJson } from "./json.ts";
import { type KeptAsk, type Memory, nameOf, readMemory } from "./memory.ts";

/** A memory that outlives the page where the browser lets it. */
export interface Store {
	read(): Memory;
	/** Reads, edits and writes in one turn, so that two tabs do not undo each other. */
	change(edit: (memory: Memory) => void): void;
	/** Keeps an ask, in place of what was kept of it, as the one this tab shows. */
	keep(ask: KeptAsk): void;
}

/**
 * The memory of a site. Storage that is blocked or full breaks nothing: what
 * cannot be written is kept for the life of the page, and joins what is stored once it can.
 */
export function openStore(site: string): Store {
	let unwritten: Memory = { quietUntil: 0, asks: [] };
	const read = () => {
		const { quietUntil, asks } = readMemory(site);
		const newer = unwritten.asks.filter(({ id, rev }) => !asks.some((kept) => kept.id === id && kept.rev > rev));
		const older = asks.filter(({ id }) => !newer.some((ask) => ask.id === id));
		return {
			quietUntil: Math.max(Number(quietUntil) || 0, unwritten.quietUntil),
			asks: [...older, ...newer].slice(-REMEMBERED_ASKS),
		};
	};
	const change = (edit: (memory: Memory) => void) => {
		const memory = read();
		edit(memory);
		unwritten = memory;
		try {
			localStorage.setItem(nameOf(site), toJson(memory));
			unwritten = { quietUntil: 0, asks: [] };
		} catch {}
	};
	const keep = (ask: KeptAsk) => {
		change((memory) => {
			memory.asks = [...memory.asks.filter(({ id }) => id !== ask.id), ask];
		});
		try {
			sessionStorage.setItem(nameOf(site), ask.id);
		} catch {}
	};
	return { read, change, keep };
}
