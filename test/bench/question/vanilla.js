// A question page by hand: the same markup, style and tap as ours, for one shop, one language and one scale, and nothing else.
import css from "../../../widget/survey.css?inline";

const host = document.createElement("afterword-survey");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
root.adoptedStyleSheets = [sheet];
let scores = "";
for (let n = 0; n < 11; n++) scores += `<label><input type="radio" name="score" value="${n}">${n}</label>`;
root.innerHTML = `<div class="card" lang="en" dir="ltr"><fieldset>
<legend>How likely are you to recommend Harbour &amp; Pine to a friend or colleague?</legend>
<div class="row scale many">${scores}</div>
<div class="ends"><span>Not at all likely</span><span>Extremely likely</span></div></fieldset>
<button type="button" class="dismiss" aria-label="Close"></button><p role="status"></p></div>`;
root.querySelector(".dismiss").onclick = () => host.remove();
root.querySelector(".row").onchange = ({ target }) => {
	for (const label of root.querySelectorAll(".row label")) label.className = label.contains(target) ? "on" : "";
	root.querySelector("p").textContent = "Thank you, your answer is saved.";
	fetch("/v1/responses", {
		method: "POST",
		keepalive: true,
		body: JSON.stringify({ id: crypto.randomUUID(), status: "answered", score: Number(target.value) }),
	});
};
document.querySelector("script[data-bench]").after(host);
