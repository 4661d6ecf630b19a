import { render } from "preact";
import { dueOf } from "./due.ts";
import { liveAsk } from "./live-ask.ts";
import { openMemory, type Storage } from "./memory.ts";
import { type Order, orderReference } from "./order-reference.ts";
import { type Outcome, openOutbox } from "./outbox.ts";
import { type Questions, readQuestions } from "./questions.ts";
import { type Settings, settingsIn } from "./settings.ts";
import { Survey } from "./survey.tsx";
import type { Signal } from "./when-known.ts";

/** What both pages lend: the same of either. */
export interface Host {
	readonly settings: Signal<Readonly<Record<string, unknown>>>;
	readonly localization: { readonly language: Signal<{ readonly isoCode: string }> };
	readonly sessionToken: { get(): Promise<string> };
	readonly storage: Storage;
	/** `editor` is there in the checkout editor only. */
	readonly extension: { readonly editor?: unknown };
}

/** Asks about an order, where a question is due. On a page of somebody else, a question that fails is one that is not there. */
export async function openQuestion(host: Host, order: Order): Promise<void> {
	if (host.extension.editor) return openSketch(host);
	const settings = settingsIn(host.settings.value);
	if (!settings) return;
	try {
		const memory = await openMemory(host.storage, settings.site);
		let hear = (_id: string, _rev: number, _outcome: Outcome) => {};
		const token = () => host.sessionToken.get();
		const outbox = openOutbox(memory, `${settings.collector}/v1/responses`, token, (...heard) => hear(...heard));
		outbox.flush();
		const asked = await readAsked(host, settings);
		if (!asked) return;
		const { survey, question, language } = asked;
		const transaction = orderReference(order);
		const due = dueOf(memory.asks(), survey, question, transaction, Date.now());
		if (!due) return;

		let outcome: Outcome | null = null;
		let newest = -1;
		const draw = () =>
			render(
				<Survey question={question} language={language} outcome={outcome} onAnswer={ask.answer} onDismiss={ask.dismiss} />,
				document.body,
			);
		hear = (id, rev, heard) => {
			// What became of an older revision says nothing of the newest.
			if (id !== ask.id || rev < newest) return;
			newest = rev;
			outcome = heard;
			draw();
		};
		const { site } = settings;
		const about = { site, survey, version: question.version, locale: language.locale, transaction, open: due.open };
		const ask = liveAsk(about, outbox);
		draw();
	} catch {}
}

/** The question in the checkout editor, as the merchant sets it up: nothing is stored, and what is missing is said. */
function openSketch(host: Host): void {
	const draw = async () => {
		const settings = settingsIn(host.settings.value);
		const asked = settings && (await readAsked(host, settings).catch(() => null));
		render(
			asked ? (
				<Survey question={asked.question} language={asked.language} outcome={null} onAnswer={() => {}} onDismiss={() => {}} />
			) : (
				<s-banner tone="warning" heading="Afterword">
					{settings
						? "No question is found at this address. Is it your tag's, and is the survey's name right?"
						: "Paste the address of your Afterword tag into this block's settings."}
				</s-banner>
			),
			document.body,
		);
	};
	host.settings.subscribe(draw);
	void draw();
}

/** The survey that is asked, in the shopper's language; null where the site asks none by that name. */
async function readAsked(host: Host, settings: Settings) {
	const {
		locale,
		direction,
		survey: usual,
		surveys,
	}: Questions = await readQuestions(settings, host.localization.language.value.isoCode);
	const survey = settings.survey ?? usual;
	const question = surveys[survey];
	return question ? { survey, question, language: { locale, direction } } : null;
}
