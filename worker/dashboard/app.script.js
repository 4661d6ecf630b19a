// What the owner's pages do beyond what they say: parts that stay fresh, and buttons that copy.

/** Seconds between two looks. */
const AGAIN_S = 15;

/**
 * Keeps `<output data-live="address">` fresh while the page is seen: the address answers JSON, `{ text, reload? }`; `text` is shown,
 * and `reload` loads the page anew.
 */
for (const output of document.querySelectorAll("[data-live]")) {
	const look = async () => {
		if (document.visibilityState !== "visible") return;
		try {
			const response = await fetch(output.dataset.live);
			if (!response.ok) return;
			const { text, reload } = await response.json();
			if (reload) location.reload();
			else if (output.textContent !== text) output.textContent = text;
		} catch {
			// Offline for a moment: the next look tries again.
		}
	};
	setInterval(look, 1000 * Number(output.dataset.every ?? AGAIN_S));
	document.addEventListener("visibilitychange", look);
}

/** `<button data-copy="id">` copies the text of that element, and says so. It is hidden until there is a script to do it. */
for (const button of document.querySelectorAll("button[data-copy]")) {
	button.hidden = false;
	const says = button.textContent;
	button.addEventListener("click", async () => {
		await navigator.clipboard.writeText(document.getElementById(button.dataset.copy)?.textContent ?? "");
		button.textContent = "Copied";
		setTimeout(() => {
			button.textContent = says;
		}, 2000);
	});
}
