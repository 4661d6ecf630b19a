import type { Strings } from "./strings.ts";

export const hu = {
	direction: "ltr",
	question: {
		nps: "Mennyire valószínű, hogy ajánlaná webáruházunkat ({shop}) egy barátjának vagy kollégájának?",
		csat: "Mennyire elégedett a mai rendelésével?",
		ces: "A webáruház ({shop}) megkönnyítette számomra a rendelést.",
	},
	ends: {
		nps: ["Egyáltalán nem valószínű", "Rendkívül valószínű"],
		csat: ["Nagyon elégedetlen", "Nagyon elégedett"],
		ces: ["Egyáltalán nem értek egyet", "Teljes mértékben egyetértek"],
	},
	levels: ["Elégedetlen", "Sem elégedett, sem elégedetlen", "Elégedett"],
	reasons: "Mi befolyásolta leginkább a válaszát?",
	drivers: {
		quality: "Termékminőség",
		price: "Ár",
		range: "Termékválaszték",
		information: "Termékinformációk",
		checkout: "Rendelési folyamat",
		payment: "Fizetési módok",
		delivery: "Szállítási módok",
		service: "Ügyfélszolgálat",
		website: "Weboldal",
	},
	comment: "Szeretne még valamit hozzátenni?",
	done: "Kész",
	dismiss: "Köszönöm, nem",
	saved: "Köszönjük, válaszát elmentettük.",
	thanks: "Köszönjük a válaszát.",
	waiting: "Elküldjük, amint lesz internetkapcsolata.",
	refused: "Sajnáljuk, válaszát nem sikerült elmenteni.",
	answered: "Ehhez a rendeléshez már érkezett válasz. Köszönjük.",
	closed: "Jelenleg nincs kérdésünk Önhöz.",
	script: "A válaszadáshoz engedélyezze a JavaScriptet.",
	shared: {
		nps: "Vásárlóink {value} pontra értékelnek minket egy −100-tól 100-ig terjedő skálán (válaszok száma 30 nap alatt: {responses}).",
		csat: "Elégedett vásárlóink aránya {value} (válaszok száma 30 nap alatt: {responses}).",
		ces: "Vásárlóink a rendelés egyszerűségét 7-ből {value} pontra értékelik (válaszok száma 30 nap alatt: {responses}).",
	},
} as const satisfies Strings;
