// Import with a script: a file of any length is read a piece at a time and sent in parts; where the connection or the collector fails, the
// same part is sent again, with fewer lines. A page that was closed goes on when the same file is chosen again.

const PIECE = 256 * 1024;
const END = 1024 * 1024;
const SAMPLE = 48 * 1024;
const PART_BYTES = 3.5 * 1024 * 1024;
const LONGEST = 1024 * 1024;

const step = document.getElementById("step");
const shown = document.getElementById("progress");
let file = null;

step?.addEventListener("submit", async (event) => {
	const form = event.target;
	if (form.id === "look") file = form.elements.namedItem("file").files[0] ?? null;
	if (!file) return; // The form has the whole file, and goes as it is.
	event.preventDefault();
	const again = event.submitter?.name === "again";
	const data = new FormData(form);
	try {
		if (form.id === "look" || again) await look(data);
		else await bring(data);
	} catch (error) {
		stop(error);
	}
});

/** Sends how the file begins, and shows the page's next step in this one's place. */
async function look(data) {
	data.delete("file");
	data.set("text", new TextDecoder().decode(await file.slice(0, SAMPLE).arrayBuffer()));
	data.set("whole", file.size <= SAMPLE ? "yes" : "no");
	data.set("fingerprint", await fingerprint());
	const page = await new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.responseType = "document";
		request.onload = () => resolve(request.response);
		request.onerror = () => reject(new Error("no connection"));
		request.open("POST", "/app/import");
		request.send(data);
	});
	const next = page?.getElementById("step");
	if (!next) throw new Error(page?.querySelector("main")?.innerText ?? "");
	step.replaceChildren(...Array.from(next.childNodes, (node) => document.importNode(node, true)));
	step.querySelector("h2, [role=alert]")?.scrollIntoView();
}

/** Begins, and sends every line that was not taken yet. */
async function bring(data) {
	data.set("scripted", "yes");
	data.set("text", "");
	const csrf = data.get("csrf");
	const response = await fetch("/app/import/begin", { method: "POST", body: data });
	if (!response.headers.get("content-type")?.startsWith("application/json")) {
		// It says what is wrong, as a page: the form is sent as one.
		return look(data);
	}
	const { id, next_line, delimiter } = await response.json();
	step.hidden = true;
	shown.hidden = false;
	shown.scrollIntoView();
	let next = next_line;
	let most = 5000;
	let line = 0;
	let first = 1;
	let part = [];
	let bytes = 0;
	const flush = async (read) => {
		while (part.length > 0) {
			const [job, fewer] = await sendPart(id, csrf, first, part, most);
			most = fewer;
			next = job.next_line;
			part = part.slice(Math.max(0, next - first));
			first = next;
			show(job, read);
		}
		bytes = 0;
	};
	for await (const { record, read } of records(delimiter)) {
		line++;
		if (line < next) continue;
		const json = delimiter ? JSON.stringify(record) : record;
		if (part.length >= most || bytes + json.length * 3 > PART_BYTES) await flush(read);
		if (part.length === 0) first = line;
		part.push(json);
		bytes += json.length;
	}
	await flush(file.size);
	await again(() => post(`/app/import/${id}/finish`, { csrf }));
	location.href = `/app/import/${id}`;
}

/** Sends a part until it is taken, with fewer lines each time, and gives what is said of it and how many to send from then on. */
async function sendPart(id, csrf, first, part, most) {
	let fewer = most;
	const job = await again(
		async () => {
			const response = await post(`/app/import/${id}/lines`, { csrf, line: first, lines: part.slice(0, fewer).join("\n") });
			return response.json();
		},
		() => {
			fewer = Math.max(50, Math.ceil(fewer / 2));
		},
	);
	return [job, fewer];
}

/** Tries, and tries again after what passes, for as long as the page is open. */
async function again(attempt, failed = () => {}) {
	for (let wait = 1000; ; wait = Math.min(wait * 2, 60_000)) {
		try {
			return await attempt();
		} catch (error) {
			if (error.lasting) throw error;
			failed();
			say(step.dataset.waits);
			await new Promise((later) => setTimeout(later, wait));
		}
	}
}

async function post(path, fields) {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	const response = await fetch(path, { method: "POST", body: data });
	if (response.ok) return response;
	const error = new Error(`${response.status}`);
	error.lasting = response.status < 500 && ![408, 413, 429].includes(response.status);
	throw error;
}

/** The records of the file, and how many bytes of it had been read by then. Of CSV the header is the first. */
async function* records(delimiter) {
	const decoder = new TextDecoder();
	let rest = "";
	let held = "";
	for (let at = 0; at < file.size; at += PIECE) {
		const piece = await file.slice(at, at + PIECE).arrayBuffer();
		const read = Math.min(file.size, at + PIECE);
		const end = read === file.size;
		const text = held + decoder.decode(piece, { stream: !end });
		// A line break of two characters may be cut in two.
		held = !end && text.endsWith("\r") ? "\r" : "";
		rest += (held ? text.slice(0, -1) : text).replace(/\r\n?/g, "\n");
		const [found, used] = delimiter ? splitCsv(rest, delimiter, end) : splitLines(rest, end);
		for (const record of found) yield { record, read };
		rest = rest.slice(used);
		if (rest.length > LONGEST) throw new Error("a record does not end: a quote may be missing");
	}
}

function splitLines(text, end) {
	const used = end ? text.length : text.lastIndexOf("\n") + 1;
	const found = text.slice(0, used).split("\n");
	if (found.at(-1) === "") found.pop();
	return [found, used];
}

function splitCsv(text, delimiter, end) {
	const { data, meta } = new self.Papa.Parser({ delimiter, newline: "\n" }).parse(text, 0, !end);
	if (end && (text === "" || text.endsWith("\n"))) data.pop();
	return [data, meta.cursor];
}

/** The same for the same file: a hash of its first and last MiB and its length. */
async function fingerprint() {
	const ends = [file.slice(0, END), file.slice(Math.max(0, file.size - END)), String(file.size)];
	const digest = await crypto.subtle.digest("SHA-256", await new Blob(ends).arrayBuffer());
	return `sha256:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function show({ read, stored, refused }, bytes) {
	const percent = Math.min(100, Math.floor((100 * bytes) / Math.max(1, file.size)));
	shown.querySelector("progress").value = percent;
	const number = new Intl.NumberFormat(document.documentElement.lang);
	const words = { percent, read: number.format(read), stored: number.format(stored), refused: number.format(refused) };
	say(step.dataset.sent.replace(/\{(\w+)\}/g, (_, name) => words[name]));
}

function say(text) {
	shown.hidden = false;
	shown.querySelector("[role=status]").textContent = text;
}

function stop(error) {
	step.hidden = false;
	say(step.dataset.stopped + error.message);
}
