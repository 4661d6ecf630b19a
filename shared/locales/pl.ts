import type { Strings } from "./strings.ts";

export const pl = {
	direction: "ltr",
	question: {
		nps: "Jak bardzo prawdopodobne jest, że polecisz sklep {shop} znajomym lub współpracownikom?",
		csat: "Jak oceniasz swoje zadowolenie z dzisiejszego zamówienia?",
		ces: "Sklep {shop} ułatwił mi złożenie zamówienia.",
	},
	ends: {
		nps: ["Bardzo mało prawdopodobne", "Bardzo prawdopodobne"],
		csat: ["Bardzo nisko", "Bardzo wysoko"],
		ces: ["Zdecydowanie się nie zgadzam", "Zdecydowanie się zgadzam"],
	},
	levels: ["Nisko", "Ani nisko, ani wysoko", "Wysoko"],
	reasons: "Co najbardziej wpłynęło na Twoją odpowiedź?",
	drivers: {
		quality: "Jakość produktów",
		price: "Cena",
		range: "Wybór produktów",
		information: "Informacje o produkcie",
		checkout: "Składanie zamówienia",
		payment: "Metody płatności",
		delivery: "Opcje dostawy",
		service: "Obsługa klienta",
		website: "Strona internetowa",
	},
	comment: "Chcesz coś dodać?",
	done: "Gotowe",
	dismiss: "Nie, dziękuję",
	saved: "Dziękujemy, odpowiedź została zapisana.",
	thanks: "Dziękujemy za odpowiedź.",
	waiting: "Wyślemy ją, gdy tylko będziesz online.",
	refused: "Przepraszamy, nie udało się zapisać odpowiedzi.",
	answered: "Otrzymaliśmy już odpowiedź dotyczącą tego zamówienia. Dziękujemy.",
	closed: "Obecnie nie mamy do Ciebie pytań.",
	script: "Włącz JavaScript, aby odpowiedzieć.",
	shared: {
		nps: "Klienci oceniają nas na {value} w skali od −100 do 100 (odpowiedzi w ciągu 30 dni: {responses}).",
		csat: "{value} naszych klientów jest zadowolonych (odpowiedzi w ciągu 30 dni: {responses}).",
		ces: "Klienci oceniają łatwość zakupów u nas na {value} w skali od 1 do 7 (odpowiedzi w ciągu 30 dni: {responses}).",
	},
} as const satisfies Strings;
