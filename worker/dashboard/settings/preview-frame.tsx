import { WORDS } from "./words.ts";

interface PreviewFrameProps {
	/** The id of the form whose draft it shows. */
	readonly form: string;
	/** What it shows first: the survey as it is kept. */
	readonly src: string;
}

/** The preview beside a form, and the button that shows there what is in the form now. */
export function PreviewFrame({ form, src }: PreviewFrameProps) {
	return (
		<aside class="stage">
			<iframe name="preview" title={WORDS.previewFrame} src={src} />
			<p class="hint">{WORDS.previewHint}</p>
			<button
				class="second"
				type="submit"
				form={form}
				formmethod="get"
				formaction="/app/preview"
				formtarget="preview"
				formnovalidate
			>
				{WORDS.preview}
			</button>
		</aside>
	);
}
