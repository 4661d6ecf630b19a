import type { Strings } from "./strings.ts";

export const nl = {
	direction: "ltr",
	question: {
		nps: "Hoe waarschijnlijk is het dat je {shop} zou aanbevelen aan een vriend of collega?",
		csat: "Hoe tevreden ben je over je bestelling van vandaag?",
		ces: "{shop} maakte het mij makkelijk om te bestellen.",
	},
	ends: {
		nps: ["Zeer onwaarschijnlijk", "Zeer waarschijnlijk"],
		csat: ["Zeer ontevreden", "Zeer tevreden"],
		ces: ["Helemaal mee oneens", "Helemaal mee eens"],
	},
	levels: ["Ontevreden", "Neutraal", "Tevreden"],
	reasons: "Wat gaf de doorslag voor je antwoord?",
	drivers: {
		quality: "Productkwaliteit",
		price: "Prijs",
		range: "Assortiment",
		information: "Productinformatie",
		checkout: "Afrekenen",
		payment: "Betaalmethoden",
		delivery: "Bezorgopties",
		service: "Klantenservice",
		website: "Website",
	},
	comment: "Wil je nog iets toevoegen?",
	done: "Klaar",
	dismiss: "Nee, bedankt",
	saved: "Bedankt, je antwoord is opgeslagen.",
	thanks: "Bedankt voor je antwoord.",
	waiting: "Het wordt verstuurd zodra je online bent.",
	refused: "Sorry, je antwoord kon niet worden opgeslagen.",
	answered: "We hebben voor deze bestelling al een antwoord ontvangen. Bedankt.",
	closed: "Op dit moment hebben we geen vraag voor je.",
	script: "Zet JavaScript aan om te antwoorden.",
	shared: {
		nps: "Klanten geven ons {value} op een schaal van −100 tot 100 (antwoorden in 30 dagen: {responses}).",
		csat: "{value} van onze klanten is tevreden (antwoorden in 30 dagen: {responses}).",
		ces: "Voor bestelgemak geven klanten ons {value} op een schaal van 1 tot 7 (antwoorden in 30 dagen: {responses}).",
	},
} as const satisfies Strings;
