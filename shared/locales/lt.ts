import type { Strings } from "./strings.ts";

export const lt = {
	direction: "ltr",
	question: {
		nps: "Kiek tikėtina, kad rekomenduosite parduotuvę „{shop}“ draugui ar kolegai?",
		csat: "Kiek jus tenkina šiandienos užsakymas?",
		ces: "Parduotuvėje „{shop}“ man buvo lengva pateikti užsakymą.",
	},
	ends: {
		nps: ["Visiškai netikėtina", "Labai tikėtina"],
		csat: ["Visiškai netenkina", "Visiškai tenkina"],
		ces: ["Visiškai nesutinku", "Visiškai sutinku"],
	},
	levels: ["Netenkina", "Nei tenkina, nei netenkina", "Tenkina"],
	reasons: "Kas labiausiai lėmė jūsų atsakymą?",
	drivers: {
		quality: "Prekių kokybė",
		price: "Kaina",
		range: "Prekių pasirinkimas",
		information: "Informacija apie prekes",
		checkout: "Užsakymo pateikimas",
		payment: "Mokėjimo būdai",
		delivery: "Pristatymo būdai",
		service: "Klientų aptarnavimas",
		website: "Svetainė",
	},
	comment: "Norite ką nors pridurti?",
	done: "Baigti",
	dismiss: "Ne, ačiū",
	saved: "Ačiū, jūsų atsakymas išsaugotas.",
	thanks: "Ačiū už atsakymą.",
	waiting: "Jis bus išsiųstas, kai tik prisijungsite prie interneto.",
	refused: "Atsiprašome, jūsų atsakymo išsaugoti nepavyko.",
	answered: "Atsakymas apie šį užsakymą jau gautas. Ačiū.",
	closed: "Šiuo metu neturime jums klausimų.",
	script: "Kad galėtumėte atsakyti, įjunkite „JavaScript“.",
	shared: {
		nps: "Pirkėjų įvertinimas skalėje nuo −100 iki 100 yra {value} (atsakymų per 30 dienų: {responses}).",
		csat: "Patenkintų pirkėjų dalis yra {value} (atsakymų per 30 dienų: {responses}).",
		ces: "Užsakymo paprastumą pirkėjai vertina {value} iš 7 (atsakymų per 30 dienų: {responses}).",
	},
} as const satisfies Strings;
