import type { Strings } from "./strings.ts";

export const de = {
	direction: "ltr",
	question: {
		nps: "Wie wahrscheinlich ist es, dass Sie {shop} einem Freund oder Kollegen weiterempfehlen?",
		csat: "Wie zufrieden sind Sie mit Ihrer heutigen Bestellung?",
		ces: "{shop} hat es mir leicht gemacht, meine Bestellung aufzugeben.",
	},
	ends: {
		nps: ["Überhaupt nicht wahrscheinlich", "Äußerst wahrscheinlich"],
		csat: ["Sehr unzufrieden", "Sehr zufrieden"],
		ces: ["Stimme überhaupt nicht zu", "Stimme voll und ganz zu"],
	},
	levels: ["Unzufrieden", "Teils, teils", "Zufrieden"],
	reasons: "Was war für Ihre Antwort am wichtigsten?",
	drivers: {
		quality: "Produktqualität",
		price: "Preis",
		range: "Auswahl",
		information: "Produktinformationen",
		checkout: "Bestellvorgang",
		payment: "Zahlungsarten",
		delivery: "Lieferoptionen",
		service: "Kundenservice",
		website: "Website",
	},
	comment: "Möchten Sie noch etwas ergänzen?",
	done: "Fertig",
	dismiss: "Nein, danke",
	saved: "Danke, Ihre Antwort ist gespeichert.",
	thanks: "Vielen Dank für Ihre Antwort.",
	waiting: "Die Antwort wird gesendet, sobald Sie online sind.",
	refused: "Ihre Antwort konnte leider nicht gespeichert werden.",
	answered: "Zu dieser Bestellung liegt bereits eine Antwort vor. Vielen Dank.",
	closed: "Im Moment haben wir keine Frage an Sie.",
	script: "Bitte aktivieren Sie JavaScript, um zu antworten.",
	shared: {
		nps: "Unsere Kundinnen und Kunden bewerten uns auf einer Skala von −100 bis 100 mit {value} (Antworten in 30\u00a0Tagen: {responses}).",
		csat: "{value} unserer Kundinnen und Kunden sind zufrieden (Antworten in 30\u00a0Tagen: {responses}).",
		ces: "Für einfaches Einkaufen geben uns unsere Kundinnen und Kunden {value} von 7\u00a0Punkten (Antworten in 30\u00a0Tagen: {responses}).",
	},
} as const satisfies Strings;
