import { CsrfButton } from "../field.tsx";

import { WORDS } from "./words.ts";

interface PreviewFrameProps {
	/** The id of the form whose draft it shows. */
	readonly form: string;
	/** What it shows first: the survey as it is kept. */
	readonly src: string;
	readonly csrf: string;
	/** What the button says that keeps the form. */
	readonly save: string;
}

/** The preview beside a form, and the form's buttons: one keeps it, the other shows here what is in it now. */
export function PreviewFrame({ form, src, csrf, save }: PreviewFrameProps) {
	return (
		<aside class="stage" aria-label={WORDS.previewFrame}>
			<p class="row">
				<CsrfButton form={form} token={csrf}>
					{save}
				</CsrfButton>
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
			</p>
			<p class="hint">{WORDS.previewHint}</p>
			<iframe name="preview" title={WORDS.previewFrame} src={src} />
		</aside>
	);
}
