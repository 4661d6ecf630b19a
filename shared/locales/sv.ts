import type { Strings } from "./strings.ts";

export const sv = {
	direction: "ltr",
	question: {
		nps: "Hur troligt är det att du skulle rekommendera {shop} till en vän eller kollega?",
		csat: "Hur nöjd är du med din beställning idag?",
		ces: "{shop} gjorde det enkelt för mig att lägga min beställning.",
	},
	ends: {
		nps: ["Inte alls troligt", "Mycket troligt"],
		csat: ["Mycket missnöjd", "Mycket nöjd"],
		ces: ["Instämmer inte alls", "Instämmer helt"],
	},
	levels: ["Missnöjd", "Varken nöjd eller missnöjd", "Nöjd"],
	reasons: "Vad påverkade ditt svar mest?",
	drivers: {
		quality: "Produktkvalitet",
		price: "Pris",
		range: "Sortiment",
		information: "Produktinformation",
		checkout: "Kassan",
		payment: "Betalsätt",
		delivery: "Leveranssätt",
		service: "Kundservice",
		website: "Webbplatsen",
	},
	comment: "Vill du lägga till något?",
	done: "Klar",
	dismiss: "Nej tack",
	saved: "Tack, ditt svar är sparat.",
	thanks: "Tack för ditt svar.",
	waiting: "Det skickas så snart du är online.",
	refused: "Ditt svar kunde tyvärr inte sparas.",
	answered: "Frågan om den här beställningen är redan besvarad. Tack.",
	closed: "Vi har ingen fråga till dig just nu.",
	script: "Aktivera JavaScript för att svara.",
	shared: {
		nps: "Våra kunder ger oss {value} på en skala från −100 till 100 ({responses} svar de senaste 30 dagarna).",
		csat: "{value} av våra kunder är nöjda ({responses} svar de senaste 30 dagarna).",
		ces: "Våra kunder ger oss {value} av 7 för hur enkelt det är att beställa ({responses} svar de senaste 30 dagarna).",
	},
} as const satisfies Strings;
