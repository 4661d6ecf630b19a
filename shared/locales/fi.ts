import type { Strings } from "./strings.ts";

export const fi = {
	direction: "ltr",
	question: {
		nps: "Kuinka todennäköisesti suosittelisit {shop}-kauppaa ystävälle tai kollegalle?",
		csat: "Kuinka tyytyväinen olet tämänpäiväiseen tilaukseesi?",
		ces: "{shop} teki tilaamisesta minulle helppoa.",
	},
	ends: {
		nps: ["En lainkaan todennäköisesti", "Erittäin todennäköisesti"],
		csat: ["Erittäin tyytymätön", "Erittäin tyytyväinen"],
		ces: ["Täysin eri mieltä", "Täysin samaa mieltä"],
	},
	levels: ["Tyytymätön", "En tyytyväinen enkä tyytymätön", "Tyytyväinen"],
	reasons: "Mikä vaikutti eniten vastaukseesi?",
	drivers: {
		quality: "Tuotteiden laatu",
		price: "Hinta",
		range: "Valikoima",
		information: "Tuotetiedot",
		checkout: "Tilauksen tekeminen",
		payment: "Maksutavat",
		delivery: "Toimitustavat",
		service: "Asiakaspalvelu",
		website: "Verkkosivut",
	},
	comment: "Haluatko lisätä jotain?",
	done: "Valmis",
	dismiss: "Ei kiitos",
	saved: "Kiitos, vastauksesi on tallennettu.",
	thanks: "Kiitos vastauksestasi.",
	waiting: "Se lähetetään heti, kun olet verkossa.",
	refused: "Valitettavasti vastaustasi ei voitu tallentaa.",
	answered: "Tästä tilauksesta on jo annettu vastaus. Kiitos.",
	closed: "Sinulle ei ole juuri nyt kysymyksiä.",
	script: "Ota JavaScript käyttöön, niin voit vastata.",
	shared: {
		nps: "Asiakkaamme antavat meille arvosanan {value} asteikolla −100…100 (vastauksia 30\u00a0päivässä: {responses}).",
		csat: "{value} asiakkaistamme on tyytyväisiä (vastauksia 30\u00a0päivässä: {responses}).",
		ces: "Asiakkaamme antavat ostamisen helppoudelle arvosanan {value} asteikolla 1–7 (vastauksia 30\u00a0päivässä: {responses}).",
	},
} as const satisfies Strings;
