// The same question page with Preact: the least that asks with it.
import { render } from "preact";
import css from "../../../widget/survey.css?inline";

/** The question with a score chosen, or none yet. */
function survey(score) {
	return (
		<div class="card" lang="en" dir="ltr">
			<fieldset>
				<legend>How likely are you to recommend Harbour &amp; Pine to a friend or colleague?</legend>
				<div class="row scale many">
					{[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => (
						<label key={n} class={n === score ? "on" : ""}>
							<input type="radio" name="score" checked={n === score} onChange={() => pick(n)} />
							{n}
						</label>
					))}
				</div>
				<div class="ends">
					<span>Not at all likely</span>
					<span>Extremely likely</span>
				</div>
			</fieldset>
			<button type="button" class="dismiss" aria-label="Close" onClick={() => host.remove()} />
			<p role="status">{score !== null && "Thank you, your answer is saved."}</p>
		</div>
	);
}

const host = document.createElement("afterword-survey");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
root.adoptedStyleSheets = [sheet];
document.querySelector("script[data-bench]").after(host);
render(survey(null), root);

function pick(score) {
	render(survey(score), root);
	fetch("/v1/responses", {
		method: "POST",
		keepalive: true,
		body: JSON.stringify({ id: crypto.randomUUID(), status: "answered", score }),
	});
}
