import type { Strings } from "./strings.ts";

export const ro = {
	direction: "ltr",
	question: {
		nps: "Cât de probabil este să recomanzi {shop} unui prieten sau coleg?",
		csat: "Care este nivelul tău de satisfacție față de comanda de azi?",
		ces: "{shop} mi-a ușurat plasarea comenzii.",
	},
	ends: {
		nps: ["Deloc probabil", "Foarte probabil"],
		csat: ["Foarte scăzut", "Foarte ridicat"],
		ces: ["Dezacord total", "Acord total"],
	},
	levels: ["Scăzut", "Mediu", "Ridicat"],
	reasons: "Ce a contat cel mai mult în răspunsul tău?",
	drivers: {
		quality: "Calitatea produselor",
		price: "Prețul",
		range: "Gama de produse",
		information: "Informațiile despre produse",
		checkout: "Finalizarea comenzii",
		payment: "Metodele de plată",
		delivery: "Opțiunile de livrare",
		service: "Serviciul clienți",
		website: "Site-ul",
	},
	comment: "Vrei să adaugi ceva?",
	done: "Gata",
	dismiss: "Nu, mulțumesc",
	saved: "Mulțumim, răspunsul tău a fost salvat.",
	thanks: "Mulțumim pentru răspuns.",
	waiting: "Îl trimitem de îndată ce ești online.",
	refused: "Ne pare rău, răspunsul tău nu a putut fi salvat.",
	answered: "Avem deja un răspuns pentru această comandă. Mulțumim.",
	closed: "Momentan nu avem nicio întrebare pentru tine.",
	script: "Activează JavaScript pentru a răspunde.",
	shared: {
		nps: "Clienții ne acordă nota {value} pe o scară de la −100 la 100 (răspunsuri în 30 de zile: {responses}).",
		csat: "{value} dintre clienții noștri sunt mulțumiți (răspunsuri în 30 de zile: {responses}).",
		ces: "Clienții ne acordă nota {value} din 7 pentru ușurința de a comanda (răspunsuri în 30 de zile: {responses}).",
	},
} as const satisfies Strings;
