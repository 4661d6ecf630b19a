import { connect, createServer, type Socket } from "node:net";

/** A line to a server that can be cut: the browser's own switch for "offline" lets go of requests of a page that is closing. */
export interface Line {
	/** The server's address at this end, without a slash at the end. */
	readonly url: string;
	/** From now on nothing passes, in either direction. */
	cut(): void;
	mend(): void;
	/** Resolves once nobody has tried the line for a second: what a page sends while it closes may come late. */
	quiet(): Promise<void>;
	stop(): Promise<void>;
}

/** Lays a line to a server on this machine. */
export async function layLine(target: string): Promise<Line> {
	const { hostname, port } = new URL(target);
	const ends = new Set<Socket>();
	let whole = true;
	let tried = Date.now();
	const server = createServer((near) => {
		tried = Date.now();
		if (!whole) return near.resetAndDestroy();
		const far = connect(Number(port), hostname);
		for (const end of [near, far]) {
			ends.add(end);
			end.on("error", () => end.destroy());
			end.on("close", () => {
				ends.delete(end);
				near.destroy();
				far.destroy();
			});
		}
		near.pipe(far).pipe(near);
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const address = server.address();
	const cut = () => {
		whole = false;
		for (const end of ends) end.destroy();
	};
	return {
		url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
		cut,
		mend: () => {
			whole = true;
		},
		async quiet() {
			tried = Date.now();
			while (Date.now() - tried < 1_000) await new Promise((later) => setTimeout(later, 50));
		},
		async stop() {
			cut();
			await new Promise((stopped) => server.close(stopped));
		},
	};
}
