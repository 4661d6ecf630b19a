import type { Strings } from "./strings.ts";

export const nb = {
	direction: "ltr",
	question: {
		nps: "Hvor sannsynlig er det at du vil anbefale {shop} til en venn eller kollega?",
		csat: "Hvor fornøyd er du med bestillingen din i dag?",
		ces: "{shop} gjorde det enkelt for meg å bestille.",
	},
	ends: {
		nps: ["Svært lite sannsynlig", "Svært sannsynlig"],
		csat: ["Svært misfornøyd", "Svært fornøyd"],
		ces: ["Helt uenig", "Helt enig"],
	},
	levels: ["Misfornøyd", "Verken fornøyd eller misfornøyd", "Fornøyd"],
	reasons: "Hva betydde mest for svaret ditt?",
	drivers: {
		quality: "Produktkvalitet",
		price: "Pris",
		range: "Vareutvalg",
		information: "Produktinformasjon",
		checkout: "Kassen",
		payment: "Betalingsmåter",
		delivery: "Leveringsmåter",
		service: "Kundeservice",
		website: "Nettsiden",
	},
	comment: "Vil du legge til noe?",
	done: "Ferdig",
	dismiss: "Nei takk",
	saved: "Takk, svaret ditt er lagret.",
	thanks: "Takk for svaret.",
	waiting: "Det sendes så snart du er på nett.",
	refused: "Beklager, svaret ditt kunne ikke lagres.",
	answered: "Vi har allerede fått et svar for denne bestillingen. Takk.",
	closed: "Vi har ingen spørsmål til deg akkurat nå.",
	script: "Slå på JavaScript for å svare.",
	shared: {
		nps: "Kundene gir oss {value} på en skala fra −100 til 100 ({responses} svar på 30 dager).",
		csat: "{value} av kundene våre er fornøyde ({responses} svar på 30 dager).",
		ces: "Kundene gir oss {value} av 7 for hvor enkelt det er å handle hos oss ({responses} svar på 30 dager).",
	},
} as const satisfies Strings;
