import css from "./pictures.css?inline";

/** Scores of 1 to 5 as pictures, in the files of a site that shows stars or faces. */
export interface Picture {
	/** What its pictures add to the style sheet. */
	readonly css: string;
	/** The picture of a score, 1 to 5, in the colour of the text. What it means is said by the label of its radio. */
	draw(display: "stars" | "faces", score: number): SVGElement;
}

const STAR = "M12 2.500l2.900 6 6.600.900-4.800 4.600 1.200 6.500-5.900-3.200-5.900 3.200 1.200-6.500-4.800-4.600 6.600-.900z";

/** A round face with two eyes, and a mouth that bends with the score. */
function face(score: number): string {
	const bend = (score - 3) * 3;
	return `M22 12a10 10 0 1 1-20 0a10 10 0 0 1 20 0M9 9v.500M15 9v.500M7.500 ${15.5 - bend / 2.5}q4.500 ${bend} 9 0`;
}

__AFTERWORD__.picture = {
	css,
	draw(display, score) {
		const make = (name: "svg" | "path", attribute: string, value: string) => {
			const element = document.createElementNS("http://www.w3.org/2000/svg", name);
			element.setAttribute(attribute, value);
			return element;
		};
		const svg = make("svg", "viewBox", "0 0 24 24");
		svg.append(make("path", "d", display === "stars" ? STAR : face(score)));
		return svg;
	},
};
