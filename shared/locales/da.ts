import type { Strings } from "./strings.ts";

export const da = {
	direction: "ltr",
	question: {
		nps: "Hvor sandsynligt er det, at du vil anbefale {shop} til en ven eller kollega?",
		csat: "Hvor tilfreds er du med din bestilling i dag?",
		ces: "{shop} gjorde det nemt for mig at afgive min bestilling.",
	},
	ends: {
		nps: ["Slet ikke sandsynligt", "Yderst sandsynligt"],
		csat: ["Meget utilfreds", "Meget tilfreds"],
		ces: ["Helt uenig", "Helt enig"],
	},
	levels: ["Utilfreds", "Hverken tilfreds eller utilfreds", "Tilfreds"],
	reasons: "Hvad betød mest for dit svar?",
	drivers: {
		quality: "Produktkvalitet",
		price: "Pris",
		range: "Udvalg",
		information: "Produktinformation",
		checkout: "Bestillingsproces",
		payment: "Betalingsmuligheder",
		delivery: "Leveringsmuligheder",
		service: "Kundeservice",
		website: "Hjemmeside",
	},
	comment: "Vil du tilføje noget?",
	done: "Færdig",
	dismiss: "Nej tak",
	saved: "Tak, dit svar er gemt.",
	thanks: "Tak for dit svar.",
	waiting: "Det bliver sendt, så snart du er online.",
	refused: "Dit svar kunne desværre ikke gemmes.",
	answered: "Vi har allerede fået et svar om denne bestilling. Tak.",
	closed: "Der er ingen spørgsmål til dig lige nu.",
	script: "Slå JavaScript til for at svare.",
	shared: {
		nps: "Vores kunder giver os {value} på en skala fra −100 til 100 ({responses} svar på 30\u00a0dage).",
		csat: "{value} af vores kunder er tilfredse ({responses} svar på 30\u00a0dage).",
		ces: "Vores kunder giver os {value} ud af 7 for, hvor nemt det er at handle hos os ({responses} svar på 30\u00a0dage).",
	},
} as const satisfies Strings;
