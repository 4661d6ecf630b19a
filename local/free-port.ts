import { createServer } from "node:net";

/** Fails where something listens on the port already, with what to do about it. */
export async function assertFree(port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const probe = createServer();
		probe.once("error", ({ code }: NodeJS.ErrnoException) =>
			reject(
				new Error(
					code === "EADDRINUSE"
						? `Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npm start`
						: `Port ${port} cannot be used (${code}). Choose another: PORT=8787 npm start`,
				),
			),
		);
		probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
	});
}
